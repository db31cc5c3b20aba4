using System.Diagnostics;
using FlinkDashboard.Sandbox;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>A fact about kubectl; skipped where there is none. KUBECTL names another one than that on the PATH.</summary>
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute() => Skip = Kubectl.Program is null ? "kubectl is not on the PATH: apt-get install kubernetes-client, or set KUBECTL." : null;
}

/// <summary>A kubectl that talks to a sandbox as one of its users, with its own home.</summary>
internal sealed class Kubectl : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("sandbox-kubectl-");

    public Kubectl(SandboxCluster cluster) => KubeConfigFile.Write(cluster, ConfigPath);

    /// <summary>Path of the program; null when there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("KUBECTL") is { Length: > 0 } set ? set
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(d => Path.Combine(d, "kubectl")).FirstOrDefault(File.Exists);

    /// <summary>How often it was run.</summary>
    public int Invocations { get; private set; }

    private string ConfigPath => Path.Combine(_home.FullName, "config");

    /// <summary>Writes a file for <c>-f</c>.</summary>
    public string ManifestFile(string text)
    {
        var path = Path.Combine(_home.FullName, $"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs it to its end; a failure fails the test.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, error) = await EndAsync(Start(arguments));
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    /// <summary>Runs it to its end; a success fails the test.</summary>
    /// <returns>What it wrote to standard error and output.</returns>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var (code, output, error) = await EndAsync(Start(arguments));
        Assert.True(code != 0, $"kubectl {string.Join(' ', arguments)} should fail\n{output}{error}");
        return error + output;
    }

    /// <summary>Starts it.</summary>
    public Process Start(params string[] arguments)
    {
        Invocations++;
        var start = new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = ConfigPath;
        start.Environment["HOME"] = _home.FullName;
        start.Environment["KUBE_EDITOR"] = "sed -i s/parallelism:.2/parallelism:\\ 7/";
        return Process.Start(start)!;
    }

    /// <summary>Waits for its end, at most 30 s.</summary>
    public static async Task<(int Code, string Output, string Error)> EndAsync(Process process)
    {
        using (process)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(patience.Token);
                var error = process.StandardError.ReadToEndAsync(patience.Token);
                await process.WaitForExitAsync(patience.Token);
                return (process.ExitCode, await output, await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    public void Dispose() => _home.Delete(recursive: true);
}
