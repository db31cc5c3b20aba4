using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.OperatorRules;

/// <summary>Every spec that the operator's own validator judged, judged the same.</summary>
public class RecordedValidationTests
{
    [RecordedFact(RecordingKind.Rules)]
    public void EveryRow_HasTheRecordedMessage()
    {
        var rows = File.ReadLines(Path.Combine(Repository.RecordedRules!, "validation.jsonl")).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        Assert.NotEmpty(rows);
        Assert.Empty(rows.Where(r => r["exception"] is null).Select(Difference).OfType<string>());
    }

    private static string? Difference(JsonObject row)
    {
        var draft = new DeploymentDraft((string)row["resourceName"]!, row["spec"]!.AsObject(), row["deployedSpec"] as JsonObject);
        var actual = DeploymentValidator.Breaches(draft).FirstOrDefault()?.Message;
        return actual == (string?)row["error"] ? null : $"{row["name"]}\n  recorded {row["error"]}\n  computed {actual}";
    }
}
