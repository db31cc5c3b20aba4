using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>
/// The fields that EMR's FlinkDeployment has beyond Apache's. AWS does not publish the definition; these are the fields of its examples and of
/// its development guide, with the types those show.
/// </summary>
internal static class EmrFields
{
    /// <summary>Adds them to a schema of the whole object.</summary>
    public static void AddTo(JsonObject schema)
    {
        var spec = schema["properties"]!["spec"]!["properties"]!.AsObject();
        spec["emrReleaseLabel"] = Text();
        spec["executionRoleArn"] = Text();
        spec["monitoringConfiguration"] = Map(
            ("s3MonitoringConfiguration", Map(("logUri", Text()))),
            ("cloudWatchMonitoringConfiguration", Map(("logGroupName", Text()), ("logStreamNamePrefix", Text()))),
            ("sideCarResources", Map(("limits", Map(("cpuLimit", Text()), ("memoryLimit", Text()))))),
            ("containerLogRotationConfiguration", Map(("rotationSize", Text()), ("maxFilesToKeep", Text()))));
        var jobManager = spec["jobManager"]!["properties"]!.AsObject();
        jobManager["highAvailabilityEnabled"] = new JsonObject { ["type"] = "boolean" };
        jobManager["storageDir"] = Text();
    }

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Map(params ReadOnlySpan<(string Name, JsonObject Schema)> fields)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in fields)
            properties[name] = schema;
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }
}
