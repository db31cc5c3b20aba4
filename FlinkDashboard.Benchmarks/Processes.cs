using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FlinkDashboard.Benchmarks;

/// <summary>One of the solution's programs, run as a process of its own from its Release build; ended with this.</summary>
internal sealed class Processes : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private Processes(Process process) => _process = process;

    /// <summary>What it printed so far.</summary>
    public string Output { get { lock (_output) return _output.ToString(); } }

    /// <summary>Resident memory, in megabytes (10^6 bytes).</summary>
    public double Megabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
    }

    /// <summary>Starts a program and waits for the line that says it is ready.</summary>
    public static async Task<Processes> StartAsync(string project, string[] arguments, Func<string, bool> ready)
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../..", project));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "bin/Release/net10.0", project + ".dll"), .. arguments]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        var started = new Processes(Process.Start(start)!);
        var isReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        started._process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null)
                return;
            lock (started._output)
                started._output.Append(e.Data).Append('\n');
            if (ready(e.Data))
                isReady.TrySetResult();
        };
        started._process.BeginOutputReadLine();
        await isReady.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return started;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
