using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>
/// What the Flink container of a pod writes to standard error: its start script and its JVM before logging begins. Flink itself logs to
/// standard output. A function of the pod and of what became of its processes. Pods that are no part of a Flink cluster write nothing.
/// </summary>
/// <param name="pod">The pod as it was made.</param>
internal sealed class JvmErrors(WorldObject pod)
{
    private const string Conf = "/opt/flink/conf";
    private string? _lastEnd;
    private int _starts;

    /// <summary>False when no container of the pod can have ended: a look at the bytes.</summary>
    public static bool MayHaveEnded(WorldObject pod) => pod.Json.Span.IndexOf("\"terminated\""u8) >= 0;

    /// <summary>A process starts: the entry point cannot change the mounted configuration, and Java 11 warns of what Java 17 no longer says.</summary>
    public IEnumerable<string> Started()
    {
        if (!pod.Labels.ContainsKey("component"))
            yield break;
        _starts++;
        yield return $"sed: couldn't open temporary file {Conf}/sed{Suffix("a")}: Read-only file system";
        yield return $"sed: couldn't open temporary file {Conf}/sed{Suffix("b")}: Read-only file system";
        yield return $"/docker-entrypoint.sh: line 73: {Conf}/flink-conf.yaml: Read-only file system";
        yield return $"/docker-entrypoint.sh: line 89: {Conf}/flink-conf.yaml.tmp: Read-only file system";
        if (IsJava17())
            yield break;
        yield return "WARNING: An illegal reflective access operation has occurred";
        yield return "WARNING: Illegal reflective access by org.apache.flink.api.java.ClosureCleaner (file:/opt/flink/lib/flink-dist.jar) to field java.lang.String.value";
        yield return "WARNING: Please consider reporting this to the maintainers of org.apache.flink.api.java.ClosureCleaner";
        yield return "WARNING: Use --illegal-access=warn to enable warnings of further illegal reflective access operations";
        yield return "WARNING: All illegal access operations will be denied in a future release";
    }

    /// <summary>What a process that failed before it logged anything leaves behind; null for any other end, and for one that is known.</summary>
    /// <param name="now">The pod with a status that tells of an end.</param>
    /// <param name="container">Name of the Flink container.</param>
    /// <param name="lastLogged">When it last wrote to standard output.</param>
    public (DateTimeOffset Time, IEnumerable<string> Lines)? Ended(WorldObject now, string container, DateTimeOffset? lastLogged)
    {
        var status = now.Read().Items("status", "containerStatuses").FirstOrDefault(c => c.Text("name") == container);
        var end = status.At("state", "terminated") ?? status.At("lastState", "terminated");
        if (end.Text("finishedAt") is not { } finished || finished == _lastEnd)
            return null;
        _lastEnd = finished;
        if (end.Number("exitCode") != 1 || lastLogged >= Time(end.Text("startedAt")) || !pod.Labels.ContainsKey("component"))
            return null;
        return (Time(finished), [.. Started(), .. NoConfiguration()]);
    }

    private static IEnumerable<string> NoConfiguration() =>
    [
        "[ERROR] The execution result is empty.",
        "[ERROR] Could not get JVM parameters and dynamic configurations properly.",
        "[ERROR] Raw output from BashJavaUtils:",
        $"Exception in thread \"main\" org.apache.flink.configuration.IllegalConfigurationException: The Flink config file '{Conf}/flink-conf.yaml' ({Conf}/flink-conf.yaml) does not exist.",
        "\tat org.apache.flink.configuration.GlobalConfiguration.loadConfiguration(GlobalConfiguration.java:141)",
        "\tat org.apache.flink.runtime.util.bash.FlinkConfigLoader.loadConfiguration(FlinkConfigLoader.java:41)",
        "\tat org.apache.flink.runtime.util.bash.BashJavaUtils.runCommand(BashJavaUtils.java:66)",
        "\tat org.apache.flink.runtime.util.bash.BashJavaUtils.main(BashJavaUtils.java:54)",
    ];

    // The official images of Flink 2 and those of EMR 7 run on Java 17.
    private bool IsJava17()
    {
        var image = pod.Read().Items("spec", "containers").FirstOrDefault().Text("image") ?? "";
        return image.Contains("java17", StringComparison.Ordinal) || image.Contains("emr-7", StringComparison.Ordinal) || image.Contains("flink:2", StringComparison.Ordinal);
    }

    private string Suffix(string salt) => Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes($"{pod.Uid}{_starts}{salt}")))[..6].Replace('+', 'p').Replace('/', 's');

    private static DateTimeOffset Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue;
}
