using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.OperatorRules;

/// <summary>Every edit that the operator's own classes judged, judged the same.</summary>
public class RecordedSpecDiffTests
{
    [RecordedFact(RecordingKind.Rules)]
    public void EveryRow_HasTheRecordedTypeTextAndFields()
    {
        var rows = File.ReadLines(Path.Combine(Repository.RecordedRules!, "spec-diffs.jsonl")).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        Assert.NotEmpty(rows);
        Assert.Empty(rows.Select(Difference).OfType<string>());
    }

    private static string? Difference(JsonObject row)
    {
        var before = row["before"]!.AsObject();
        var change = SpecDiff.OfDeployment(before, MergePatched(before, row["patch"]!.AsObject()), (string?)row["mode"] == "standalone");
        var expected = $"{(string?)row["type"]} | {(string?)row["text"]} | {string.Join(' ', row["fields"]!.AsArray().Select(f => $"{f!["field"]}:{f["type"]}"))}";
        var fields = change.Fields.DistinctBy(f => f.Field).OrderBy(f => f.Field, StringComparer.Ordinal).Select(f => $"{f.Field}:{Word(f.Effect)}");
        var actual = $"{Word(change.Effect)} | {change.Text} | {string.Join(' ', fields)}";
        return expected == actual ? null : $"{row["name"]} ({row["mode"]})\n  recorded {expected}\n  computed {actual}";
    }

    private static string Word(ChangeEffect effect) => effect switch
    {
        ChangeEffect.Ignore => "IGNORE",
        ChangeEffect.Scale => "SCALE",
        ChangeEffect.Upgrade => "UPGRADE",
        _ => "SAVEPOINT_REDEPLOY",
    };

    // RFC 7396.
    internal static JsonObject MergePatched(JsonObject target, JsonObject patch)
    {
        var result = target.DeepClone().AsObject();
        foreach (var (key, value) in patch)
        {
            if (value is null)
                result.Remove(key);
            else if (value is JsonObject nested)
                result[key] = MergePatched(result[key] as JsonObject ?? [], nested);
            else
                result[key] = value.DeepClone();
        }
        return result;
    }
}
