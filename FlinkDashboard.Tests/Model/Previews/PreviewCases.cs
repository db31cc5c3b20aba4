using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Tests.Model.OperatorRules;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>Applications in given states, and edits of them.</summary>
internal static class PreviewCases
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    public const string Vertex = "bc764cd8ddf7a0cff126f51c16239658";

    /// <summary>The good application as it runs: deployed with what its spec says.</summary>
    /// <param name="patch">Merge patch of its spec.</param>
    /// <param name="status">Merge patch of its status.</param>
    /// <param name="recorded">Merge patch of lastReconciledSpec against the spec.</param>
    public static FlinkDeployment Running(string patch = "{}", string status = "{}", string recorded = "{}")
    {
        var o = Manifest.Parse(BadInputs.Application).Json;
        o["spec"] = Patched(o["spec"]!, patch);
        var last = Patched(o["spec"]!, recorded);
        o["status"] = Patched(JsonNode.Parse($$$"""
            {"lifecycleState":"STABLE","jobManagerDeploymentStatus":"READY","observedGeneration":1,"jobStatus":{"state":"RUNNING","jobId":"5a5128c5b098ca57650171a112ad1699","startTime":"{{{Now.AddHours(-2).ToUnixTimeMilliseconds()}}}"},
             "reconciliationStatus":{"state":"DEPLOYED","lastReconciledSpec":{{{Text(last)}}},"lastStableSpec":{{{Text(last)}}}}}
            """)!, status);
        return RecordedKindTests.Parse<FlinkDeployment>(JsonDocument.Parse(o.ToJsonString()).RootElement);
    }

    /// <summary>The text that the operator keeps of a spec.</summary>
    public static string Text(JsonNode spec, bool first = false) => JsonSerializer.Serialize(new JsonObject { ["spec"] = spec.DeepClone(), ["resource_metadata"] = new JsonObject { ["apiVersion"] = "flink.apache.org/v1beta1", ["firstDeployment"] = first } }.ToJsonString());

    /// <summary>The spec of the good application, patched.</summary>
    public static JsonObject Spec(string patch = "{}") => Patched(Manifest.Parse(BadInputs.Application).Json["spec"]!, patch);

    /// <summary>A preview of an edit of the good application.</summary>
    /// <param name="current">As it stands.</param>
    /// <param name="patch">Merge patch of the spec that is wanted, against the good one.</param>
    public static PreviewInput Edit(FlinkDeployment? current, string patch) => new(current, Wanted(patch), Now) { OperatorVersion = "1.15.0", HasHaMetadata = true };

    /// <summary>The good application's manifest, patched.</summary>
    public static Manifest Wanted(string patch)
    {
        var o = Manifest.Parse(BadInputs.Application).Json;
        o["spec"] = Patched(o["spec"]!, patch);
        return Manifest.Parse(o.ToJsonString());
    }

    public static JsonObject Patched(JsonNode target, string patch) => RecordedSpecDiffTests.MergePatched(target.AsObject(), JsonNode.Parse(patch)!.AsObject());
}
