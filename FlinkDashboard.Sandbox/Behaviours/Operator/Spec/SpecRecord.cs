using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>lastReconciledSpec and lastStableSpec: a spec with the operator's own remark, as one JSON text.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="FirstDeployment">True until the first upgrade after the first deployment.</param>
public sealed record SpecRecord(FlinkSpec Spec, bool FirstDeployment)
{
    /// <summary>The text of the status field.</summary>
    public override string ToString() => new JsonObject
    {
        ["spec"] = Spec.Json.DeepClone(),
        ["resource_metadata"] = new JsonObject { ["apiVersion"] = ResourceTypes.FlinkDeployments.ApiVersion, ["firstDeployment"] = FirstDeployment },
    }.ToJsonString(JsonText.Options);

    /// <summary>Reads the text; null for null or empty.</summary>
    public static SpecRecord? Parse(string? text, bool sessionJob)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var node = JsonNode.Parse(text)!.AsObject();
        return new SpecRecord(FlinkSpec.From(node["spec"], sessionJob), (bool?)node["resource_metadata"]?["firstDeployment"] ?? false);
    }
}
