using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>The sandbox's operator decides every recorded edit and spec as the operator's own classes did.</summary>
public class RecordedSpecRulesTests
{
    [RecordedFact(RecordingKind.Rules)]
    public void SpecDiff_OfEveryRecordedEdit_HasRecordedTypeAndText()
    {
        var wrong =
            from row in Rows("spec-diffs.jsonl")
            let standalone = (string?)row["mode"] == "standalone"
            let before = FlinkSpec.From(row["before"])
            let after = FlinkSpec.From(MergePatch.Apply(row["before"], row["patch"]))
            let diff = SpecDiff.Between(before, after, standalone)
            where SpecDiff.NameOf(diff.Type) != (string?)row["type"] || diff.ToString() != (string?)row["text"]
            select $"{row["name"]} ({row["mode"]}): {SpecDiff.NameOf(diff.Type)} {diff}\n  recorded: {row["type"]} {row["text"]}";
        Assert.Empty(wrong);
    }

    [RecordedFact(RecordingKind.Rules)]
    public void Validation_OfEveryRecordedSpec_HasRecordedMessage()
    {
        var wrong =
            from row in Rows("validation.jsonl")
            where row["exception"] is null
            let spec = FlinkSpec.From(row["spec"])
            let deployed = row["deployedSpec"] is { } d ? FlinkSpec.From(d) : null
            let error = DeploymentRules.Error(new DeploymentCase("team-a", (string)row["resourceName"]!, spec, deployed, spec.Configuration, deployed?.JobState))
            where error != (string?)row["error"]
            select $"{row["name"]}: {error ?? "accepted"}\n  recorded: {(string?)row["error"] ?? "accepted"}";
        Assert.Empty(wrong);
    }

    private static IEnumerable<JsonObject> Rows(string file) =>
        File.ReadLines(Path.Combine(Repository.RecordedRules!, file)).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject());
}
