using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

/// <summary>Every creation that a real API server refused or accepted gets the same answer from the validator.</summary>
public class RecordedRefusalTests
{
    public static TheoryData<string, int> Creations()
    {
        var data = new TheoryData<string, int>();
        foreach (var folder in Repository.Scenarios)
        {
            var steps = Steps(folder);
            for (var i = 0; i < steps.Count; i++)
            {
                if ((string?)steps[i]!["do"] == "create" && steps[i]!["object"] is not null)
                    data.Add(Path.GetFileName(folder), i);
            }
        }
        if (Repository.Recordings is null)
            data.Add("", 0);
        return data;
    }

    [RecordedTheory]
    [MemberData(nameof(Creations))]
    public void Create_ThatARealServerAnswered_IsAnsweredAlike(string scenario, int index)
    {
        var step = Steps(Path.Combine(Repository.Recordings!, scenario))[index]!;
        var body = step["object"]!.DeepClone().AsObject();
        var type = ResourceTypes.All.Single(t => t.Plural == (string?)step["resource"] && t.Kind != "PodMetrics" && t.Kind != "NodeMetrics");
        var ns = (string?)body["metadata"]?["namespace"] ?? "";
        var refusal = Record.Exception(() => ObjectValidator.Create(type, ns, body, FieldValidation.Warn, () => "x"));
        if ((int)step["status"]! is 201 or 409)
        {
            Assert.Null(refusal);
            return;
        }
        var error = Assert.IsType<ApiError>(refusal);
        Assert.Equal((int)step["status"]!, error.Code);
        Assert.Equal((string?)step["answer"]!["reason"], error.Reason);
        Assert.Equal((string?)step["answer"]!["message"], error.Message);
        Assert.True(JsonNode.DeepEquals(step["answer"]!["details"], error.Details), error.Details?.ToJsonString());
    }

    private static JsonArray Steps(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "scenario.json")))!["steps"]!.AsArray();
}
