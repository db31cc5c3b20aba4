using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.RealFlink;

/// <summary>A real JobManager and a TaskManager of six slots on loopback, with a job of each sort running, and the sandbox in front of it.</summary>
public sealed class RealFlinkCluster : IAsyncLifetime
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private static int started;

    // Two classes of tests may each have one at the same time.
    private readonly int number = Interlocked.Increment(ref started);
    private readonly string work;
    private readonly Dictionary<string, string> jobs = [];

    public RealFlinkCluster() => work = Path.Combine(Path.GetTempPath(), $"flink-tests-{Environment.ProcessId}-{number}");

    /// <summary>Root of its REST API.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The sandbox whose application's REST requests go to it.</summary>
    public JobManagerStage Stage { get; private set; } = null!;

    /// <summary>Id of a job by the name of its jar.</summary>
    public string Job(string name) => jobs[name];

    public async Task InitializeAsync()
    {
        if (RecordedSkip.Reason(RecordingKind.RealFlink) is not null)
            return; // every test of the class is skipped with that reason
        var port = FreePorts(4);
        Address = new($"http://127.0.0.1:{port}");
        await RunAsync("start.sh", "--taskmanagers", "1", "--slots", "6", "--port", $"{port}", "--metrics-port", $"{port + 2}", "-Drest.flamegraph.num-samples=20", "-Drest.flamegraph.delay-between-samples=20ms");
        await SubmitAsync("steady", 2, "--rate", "500");
        await SubmitAsync("backpressure", 1);
        await SubmitAsync("failing", 1, "--every", "2");
        await SubmitAsync("bounded", 1, "--seconds", "3");
        await SubmitAsync("nostop", 1, "--checkpoint-ms", "2000");
        Stage = await JobManagerStage.StartWithRealFlinkAsync(Address);
    }

    public async Task DisposeAsync()
    {
        if (Stage is not null)
            await Stage.DisposeAsync();
        http.Dispose();
        if (!Directory.Exists(work))
            return;
        await RunAsync("stop.sh", work);
        Directory.Delete(work, recursive: true);
    }

    /// <summary>What the JobManager itself answers.</summary>
    public async Task<JsonElement> RawAsync(string path) => JsonDocument.Parse(await http.GetStringAsync(new Uri(Address, path))).RootElement;

    /// <summary>The same, for files.</summary>
    public Task<string> TextAsync(string path) => http.GetStringAsync(new Uri(Address, path));

    /// <summary>Cancels a job.</summary>
    public async Task CancelAsync(string name)
    {
        using var answer = await http.PatchAsync(new Uri(Address, $"/jobs/{jobs[name]}?mode=cancel"), null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Uploads and runs one of the test jobs.</summary>
    public async Task SubmitAsync(string name, int parallelism, params string[] arguments)
    {
        using var file = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Repository.FlinkHome!, "jobs", name + ".jar")));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/x-java-archive");
        using var form = new MultipartFormDataContent { { file, "jarfile", name + ".jar" } };
        using var uploaded = await http.PostAsync(new Uri(Address, "/jars/upload"), form);
        var jar = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("filename").GetString()!.Split('/')[^1];
        using var run = await http.PostAsJsonAsync(new Uri(Address, $"/jars/{jar}/run"), new { programArgsList = arguments, parallelism });
        jobs[name] = (await run.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jobid").GetString()!;
    }

    private async Task RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.FlinkHome!, script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FLINK_WORK"] = work;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{script}: {await error}");
    }

    // Several free ports in a row, for REST, RPC and the metrics of both processes, below those that the system gives to outgoing connections: one of
    // those may be taken between the look and the start.
    private int FreePorts(int count)
    {
        for (var port = 20_000 + (((Environment.ProcessId * 7) + (number * 1_000)) % 12_000); ; port += count)
            if (Enumerable.Range(port, count).All(IsFree))
                return port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
