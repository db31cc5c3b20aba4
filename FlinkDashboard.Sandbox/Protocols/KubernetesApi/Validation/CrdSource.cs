using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>
/// Reads the embedded definitions. The files of <c>flink.apache.org</c> are the operator's own, as gzipped JSON and otherwise unchanged (its
/// development version 1.16); <see cref="AsOperator115"/> takes them back to the released version 1.15 that the recorded cluster ran.
/// </summary>
internal static class CrdSource
{
    /// <summary>All definitions as they are installed, without what a server adds.</summary>
    public static IEnumerable<JsonObject> Read()
    {
        foreach (var definition in EmbeddedObjects.Read("Definitions/"))
        {
            if ((string?)definition["spec"]!["group"] == "flink.apache.org")
                AsOperator115(definition);
            yield return definition;
        }
    }

    /// <summary>
    /// The API server of the recordings lists Flink v1_13 to v2_2 as supported (scenario <c>api-refusals</c>) and the recorded specs have
    /// <c>jobManager.resource</c> and <c>taskManager.resource</c> but not their later sibling <c>resources</c>. Everything else is the same.
    /// </summary>
    private static void AsOperator115(JsonObject definition)
    {
        foreach (var version in definition["spec"]!["versions"]!.AsArray())
        {
            var spec = version!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!["properties"]!;
            foreach (var flink in new[] { spec, spec["template"]?["properties"]?["spec"]?["properties"] })
            {
                if (flink?["flinkVersion"]?["enum"] is JsonArray versions)
                    versions.RemoveAll(v => (string?)v is "v2_3" or "v2_4");
                (flink?["jobManager"]?["properties"] as JsonObject)?.Remove("resources");
                (flink?["taskManager"]?["properties"] as JsonObject)?.Remove("resources");
            }
        }
    }
}
