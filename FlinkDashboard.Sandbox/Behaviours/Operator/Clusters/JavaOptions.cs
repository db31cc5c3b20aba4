namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>JVM options that Flink 1.20 sets for Java 17 (env.java.default-opts.all).</summary>
internal static class JavaOptions
{
    private static readonly string[] Exports = ["java.base/sun.net.util", "java.rmi/sun.rmi.registry", "java.security.jgss/sun.security.krb5"];

    private static readonly string[] Opens =
    [
        "lang", "net", "io", "nio", "!sun.nio.ch", "lang.reflect", "text", "time", "util", "util.concurrent", "util.concurrent.atomic", "util.concurrent.locks",
    ];

    /// <summary>The value.</summary>
    public static string Text { get; } = string.Join(' ',
        Exports.Select(e => $"--add-exports={e}=ALL-UNNAMED").Concat(Opens.Select(o => $"--add-opens=java.base/{(o[0] == '!' ? o[1..] : "java." + o)}=ALL-UNNAMED")));
}
