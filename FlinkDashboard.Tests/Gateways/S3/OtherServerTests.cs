using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.S3;

/// <summary>A fact about s3rver, an S3 server of other people; skipped where it is not installed.</summary>
public sealed class OtherServerFactAttribute : FactAttribute
{
    internal static readonly string Script = Path.Combine(Repository.Root, "FlinkDashboard.Tests", "Sandbox", "Clients", "node_modules", "s3rver", "bin", "s3rver.js");

    public OtherServerFactAttribute() => Skip = File.Exists(Script) ? null : "s3rver is not installed: npm ci --prefix FlinkDashboard.Tests/Sandbox/Clients.";
}

/// <summary>The app's gateway against a server that is not the sandbox: an old one, without checksums and without lists of parts.</summary>
public sealed partial class OtherServerTests
{
    [OtherServerFact]
    public async Task Gateway_ListsReadsAndUploads()
    {
        await using var server = await Server.StartAsync();
        using var api = server.Api();
        var big = new byte[(5 << 20) + 99];
        new Random(2).NextBytes(big);
        foreach (var (key, content) in new[] { ("jobs/a.jar", big), ("jobs/old/b c+d.jar", [7]), ("jobs-old/x", new byte[] { 1 }) })
            await UploadAsync(api, new(Server.Bucket, key), content);
        var page = await api.ListAsync(new(Server.Bucket, "jobs/"), null, 100, default);
        Assert.Equal(["jobs/old/"], page.Folders.Select(f => f.Key));
        Assert.Equal([("jobs/a.jar", (long)big.Length)], page.Objects.Select(o => (o.Address.Key, o.Size)));
        Assert.Equal(3, (await api.ListBelowAsync(new(Server.Bucket, ""), null, default)).Objects.Count);
        var head = await api.HeadAsync(new(Server.Bucket, "jobs/a.jar"), default);
        Assert.Equal((big.Length, "application/java-archive"), (head.Object.Size, head.ContentType));
        Assert.Equal(big[100..200], await api.ReadAsync(head.Object.Address, 100, 100, head.Object.Tag, default));
        await using var whole = await api.OpenAsync(head.Object.Address, default);
        using var memory = new MemoryStream();
        await whole.CopyToAsync(memory);
        Assert.Equal(big, memory.ToArray());
    }

    [OtherServerFact]
    public async Task Gateway_TellsWhatIsNotThere()
    {
        await using var server = await Server.StartAsync();
        using var api = server.Api();
        Assert.Equal(S3Fault.Absent, (await Assert.ThrowsAsync<S3Exception>(() => api.HeadAsync(new(Server.Bucket, "none"), default))).Fault);
        Assert.Equal(S3Fault.NoBucket, (await Assert.ThrowsAsync<S3Exception>(() => api.ListAsync(new("no-such-bucket", ""), null, 10, default))).Fault);
        using var stranger = server.Api("NOBODY");
        Assert.Equal(S3Fault.Credentials, (await Assert.ThrowsAsync<S3Exception>(() => stranger.ListAsync(new(Server.Bucket, ""), null, 10, default))).Fault);
    }

    private static async Task UploadAsync(S3Api api, StorageAddress place, byte[] content)
    {
        var id = await api.BeginUploadAsync(place, "application/java-archive", default);
        var parts = new List<StoragePart>();
        foreach (var piece in content.Chunk(5 << 20))
            parts.Add(await api.SendPartAsync(place, id, parts.Count + 1, new MemoryStream(piece), default));
        await api.CompleteUploadAsync(place, id, parts, false, default);
    }

    private sealed partial class Server : IAsyncDisposable
    {
        public const string Bucket = "team-bucket";
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("s3rver-");
        private Process process = null!;
        private Uri address = null!;

        public static async Task<Server> StartAsync()
        {
            var server = new Server();
            server.process = Process.Start(new ProcessStartInfo("node", [OtherServerFactAttribute.Script, "-d", server.folder.FullName, "-a", "127.0.0.1", "-p", "0", "--silent", "--no-vhost-buckets", "--configure-bucket", Bucket]) { RedirectStandardOutput = true })!;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (await server.process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (Listening().Match(line) is not { Success: true } match)
                    continue;
                server.address = new($"http://127.0.0.1:{match.Groups["port"].Value}");
                return server;
            }
            throw new InvalidOperationException("s3rver did not start.");
        }

        public S3Api Api(string id = "S3RVER") => new(StorageStage.Settings(address), new AwsAccess(new() { Region = "us-east-1" }, new BasicAWSCredentials(id, "S3RVER")));

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            folder.Delete(recursive: true);
        }

        [GeneratedRegex("listening on .*:(?<port>\\d+)")]
        private static partial Regex Listening();
    }
}
