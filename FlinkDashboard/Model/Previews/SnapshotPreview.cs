using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>New FlinkStateSnapshots.</summary>
internal static class SnapshotPreview
{
    public static EffectPreview Of(JsonObject spec)
    {
        var job = $"{spec.Text("jobReference", "kind")} {spec.Text("jobReference", "name")}";
        return spec["savepoint"] is not JsonObject savepoint
            ? Previewing.Empty(EffectKind.NoEffect, $"Takes a checkpoint of {job}; the job goes on. It is abandoned if the job does not run.")
            : savepoint.Flag("alreadyExists") ?? false
                ? Previewing.Empty(EffectKind.NoEffect, $"Registers the savepoint {savepoint.Text("path")}; nothing is taken.")
                : Previewing.Empty(EffectKind.NoEffect, $"Takes a savepoint of {job}; the job goes on. It is abandoned if the job does not run.");
    }
}
