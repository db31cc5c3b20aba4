using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

/// <summary>Every object that a real cluster stored passes the validator without losing or gaining a field.</summary>
public class RecordedRoundTripTests
{
    private static readonly string[] ServerOwned = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static TheoryData<string> Scenarios() => [.. Repository.Scenarios.Select(f => Path.GetFileName(f)!).DefaultIfEmpty("")];

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void Objects_CreatedAndGivenTheirStatus_AreKeptWhole(string scenario)
    {
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Recordings!, scenario, "events.jsonl")))
        {
            var recorded = JsonNode.Parse(line)!["object"]!.AsObject();
            foreach (var key in ServerOwned)
                recorded["metadata"]!.AsObject().Remove(key);
            var type = ResourceTypes.FindKind((string)recorded["apiVersion"]!, (string)recorded["kind"]!)!;
            var name = $"{type} {(string?)recorded["metadata"]!["name"]}";
            var stored = Stored(type, recorded, name, wrong);
            if (!JsonNode.DeepEquals(recorded, stored))
                wrong.Add($"{name}: {string.Join(", ", JsonDifference.Of(recorded, stored).Take(5))}");
        }
        Assert.Empty(wrong.Distinct().Take(10));
    }

    private static JsonObject Stored(ResourceType type, JsonObject recorded, string name, List<string> wrong)
    {
        var ns = (string?)recorded["metadata"]!["namespace"] ?? "";
        var body = recorded.DeepClone().AsObject();
        var warnings = ObjectValidator.Create(type, ns, body, FieldValidation.Warn, () => "x");
        wrong.AddRange(warnings.Select(w => $"{name}: {w}"));
        if (!type.HasStatus || recorded["status"] is null)
            return body;
        body["metadata"]!["resourceVersion"] = "7";
        body["metadata"]!["uid"] = "u";
        var update = body.DeepClone().AsObject();
        update["status"] = recorded["status"]!.DeepClone();
        ObjectValidator.Decode(type, ns, (string)recorded["metadata"]!["name"]!, update, FieldValidation.Strict);
        ObjectValidator.Update(type, ns, body, update, WritePart.Status, patch: false);
        update["metadata"]!.AsObject().Remove("resourceVersion");
        update["metadata"]!.AsObject().Remove("uid");
        return update;
    }
}
