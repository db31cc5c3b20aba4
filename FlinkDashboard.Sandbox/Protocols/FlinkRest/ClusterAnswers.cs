using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Configuration and overview of a cluster.</summary>
internal static class ClusterAnswers
{
    // Values of keys that name a secret are masked (Flink's GlobalConfiguration).
    private static readonly string[] Secrets = ["password", "secret", "fs.azure.account.key", "apikey", "api-key", "auth-params", "service-key", "token", "basic-auth", "jaas.config", "http-headers"];

    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/config", Config),
        new("GET", "/overview", Overview),
        new("GET", "/jobmanager/config", Configuration),
        new("GET", "/jobs/:jobid/jobmanager/config", call => { _ = call.Job; return Configuration(call); }),
        new("GET", "/jobmanager/environment", Environment),
        new("GET", "/jobs/:jobid/jobmanager/environment", call => { _ = call.Job; return Environment(call); }),
        new("GET", "/datasets", _ => new JsonObject { ["dataSets"] = new JsonArray() }),
        new("DELETE", "/cluster", call =>
        {
            call.Cluster.ShutDown();
            return new JsonObject();
        }),
    ];

    private static RestAnswer Config(RestCall call)
    {
        var features = new JsonObject
        {
            ["web-submit"] = call.Cluster.IsSession && call.Cluster.Configuration.Flag("web.submit.enable", true),
            ["web-cancel"] = call.Cluster.Configuration.Flag("web.cancel.enable", true),
        };
        if (call.Since(1, 18))
            features["web-rescale"] = string.Equals(call.Cluster.Configuration.Text("jobmanager.scheduler"), "adaptive", StringComparison.OrdinalIgnoreCase);
        features["web-history"] = false;
        return new JsonObject
        {
            ["refresh-interval"] = (long)(call.Cluster.Configuration.Duration("web.refresh-interval") ?? TimeSpan.FromSeconds(3)).TotalMilliseconds,
            ["timezone-name"] = "Coordinated Universal Time",
            ["timezone-offset"] = 0,
            ["flink-version"] = call.Cluster.Version,
            ["flink-revision"] = call.Cluster.Revision,
            ["features"] = features,
        };
    }

    private static RestAnswer Overview(RestCall call)
    {
        var jobs = call.Cluster.Jobs;
        return new JsonObject
        {
            ["taskmanagers"] = call.Cluster.TaskManagers.Count,
            ["slots-total"] = call.Cluster.TaskManagers.Sum(t => t.Slots),
            ["slots-available"] = call.Cluster.TaskManagers.Sum(t => t.FreeSlots),
            ["jobs-running"] = jobs.Count(j => !j.IsTerminal),
            ["jobs-finished"] = jobs.Count(j => j.State == "FINISHED"),
            ["jobs-cancelled"] = jobs.Count(j => j.State == "CANCELED"),
            ["jobs-failed"] = jobs.Count(j => j.State == "FAILED"),
            ["flink-version"] = call.Cluster.Version,
            ["flink-commit"] = call.Cluster.Revision.Split(' ')[0],
        };
    }

    private static RestAnswer Configuration(RestCall call) => new JsonArray(
    [
        .. call.Cluster.Configuration.Select(c => (JsonNode)new JsonObject
        {
            ["key"] = c.Key,
            ["value"] = Secrets.Any(s => c.Key.Contains(s, StringComparison.OrdinalIgnoreCase)) ? "******" : c.Value,
        }),
    ]);

    private static RestAnswer Environment(RestCall call)
    {
        var heap = FlinkMemory.OfJobManager(call.Cluster.Configuration).Heap;
        return new JsonObject
        {
            ["jvm"] = new JsonObject
            {
                ["version"] = "OpenJDK 64-Bit Server VM - Eclipse Adoptium - 17/17.0.15+6",
                ["arch"] = "amd64",
                ["options"] = new JsonArray($"-Xmx{heap}", $"-Xms{heap}"),
            },
            ["classpath"] = new JsonArray($"/opt/flink/lib/flink-dist-{call.Cluster.Version}.jar"),
        };
    }
}
