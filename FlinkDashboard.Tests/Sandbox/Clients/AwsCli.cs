using System.Diagnostics;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>A fact about the AWS CLI; skipped where there is none. AWS_CLI names another one than that of Debian or on the PATH.</summary>
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute() => Skip = AwsCli.Program is null ? "The AWS CLI is not on the PATH: apt-get install awscli, or set AWS_CLI." : null;
}

/// <summary>A fact about commands that only version 2 of the AWS CLI has, such as <c>aws logs tail</c>; skipped where there is an older one or none.</summary>
public sealed class AwsCli2FactAttribute : FactAttribute
{
    public AwsCli2FactAttribute() => Skip = AwsCli.Program is null ? "The AWS CLI is not on the PATH: apt-get install awscli, or set AWS_CLI."
        : AwsCli.Version.StartsWith("aws-cli/1", StringComparison.Ordinal) ? $"{AwsCli.Version.Split(' ')[0]} at {AwsCli.Program} has no logs tail: apt-get install awscli, or set AWS_CLI." : null;
}

/// <summary>An AWS CLI that talks to a sandbox, with its own home and no other credentials.</summary>
internal sealed class AwsCli(SandboxCluster cluster) : IDisposable
{
    private static readonly Lazy<string> _version = new(() =>
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return process.StandardOutput.ReadToEnd();
    });

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("sandbox-aws-");

    /// <summary>Path of the program; null when there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("AWS_CLI") is { Length: > 0 } set ? set
        : new[] { "/usr/bin" }.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).Select(d => Path.Combine(d, "aws")).FirstOrDefault(File.Exists);

    /// <summary>What it says of itself.</summary>
    public static string Version => _version.Value;

    /// <summary>How often it was run.</summary>
    public int Invocations { get; private set; }

    public AwsKey Key { get; set; } = AwsKey.Admin;

    public string Region { get; set; } = AwsAccount.Region;

    /// <summary>A path in its home.</summary>
    public string PathOf(string name) => Path.Combine(_home.FullName, name);

    /// <summary>Runs it to its end; a failure fails the test.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, error) = await Kubectl.EndAsync(Start(arguments));
        Assert.True(code == 0, $"aws {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    /// <summary>Runs it to its end; a success fails the test.</summary>
    /// <returns>What it wrote to standard error and output.</returns>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var (code, output, error) = await Kubectl.EndAsync(Start(arguments));
        Assert.True(code != 0, $"aws {string.Join(' ', arguments)} should fail\n{output}{error}");
        return error + output;
    }

    /// <summary>Runs it to its end, whatever that is.</summary>
    public Task<(int Code, string Output, string Error)> EndAsync(params string[] arguments) => Kubectl.EndAsync(Start(arguments));

    /// <summary>Starts it.</summary>
    public Process Start(params string[] arguments)
    {
        Invocations++;
        var address = arguments[0] == "logs" ? cluster.LogsAddress : cluster.S3Address;
        var start = new ProcessStartInfo(Program!, ["--endpoint-url", address.ToString().TrimEnd('/'), "--output", "json", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["HOME"] = _home.FullName;
        start.Environment["AWS_ACCESS_KEY_ID"] = Key.Id;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = Key.Secret;
        start.Environment["AWS_REGION"] = Region;
        start.Environment["AWS_DEFAULT_REGION"] = Region;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_PAGER"] = "";
        start.Environment["AWS_MAX_ATTEMPTS"] = "2";
        return Process.Start(start)!;
    }

    public void Dispose() => _home.Delete(recursive: true);
}
