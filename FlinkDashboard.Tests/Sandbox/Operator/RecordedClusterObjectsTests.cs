using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>What the operator creates for the first resource of every scenario is, field by field, what the real operator created.</summary>
public partial class RecordedClusterObjectsTests
{
    private static readonly ResourceType[] Kinds = [ResourceTypes.Deployments, ResourceTypes.Services, ResourceTypes.ConfigMaps];

    public static TheoryData<string> Names => [.. RecordedScenario.Names.DefaultIfEmpty("none")];

    [RecordedTheory]
    [MemberData(nameof(Names))]
    public void Operator_DeployingForTheFirstTime_CreatesTheRecordedObjects(string name)
    {
        var scenario = RecordedScenario.Load(name);
        var first = scenario.Steps[0];
        var recorded = scenario.Added(first.At - 40, first.Until).Where(o => OwnedByCluster(o, first.Name)).ToDictionary(Key, Text);
        if (first.Resource != "flinkdeployments" || first.Do != "create" || recorded.Count == 0)
            return;
        var stage = new OperatorStage();
        stage.Create(first.Json["object"]!.AsObject());
        stage.Advance(1);
        var made = Kinds.SelectMany(k => stage.World.Objects.List(k, scenario.Namespace).Items).Select(i => i.Read()).Where(o => OwnedByCluster(o, first.Name)).ToDictionary(Key, Text);
        Assert.Equal(recorded.Keys.Order(StringComparer.Ordinal), made.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in recorded)
            Assert.Equal(text, made[key]);
    }

    // Not what Flink itself or another controller made.
    private static bool OwnedByCluster(JsonObject o, string cluster) =>
        (string)o["kind"]! is "Deployment" or "Service" or "ConfigMap"
        && o["metadata"]!["ownerReferences"] is JsonArray { Count: > 0 } owners && (string?)owners[0]!["name"] == cluster
        && !((string)o["metadata"]!["name"]!).StartsWith("autoscaler-", StringComparison.Ordinal);

    private static string Key(JsonObject o) => $"{o["kind"]}/{o["metadata"]!["name"]}";

    private static string Text(JsonObject o)
    {
        var copy = o.DeepClone().AsObject();
        var metadata = copy["metadata"]!.AsObject();
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp", "managedFields"])
            metadata.Remove(field);
        if ((string)o["kind"]! == "Deployment")
            copy.Remove("status");
        return Random().Replace(ComparedState.Sorted(copy)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), "*");
    }

    // uids, addresses of services, job ids, numbers of template files; the owner reference's text is a Java map of no fixed order.
    [GeneratedRegex(@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|10\.96\.\d+\.\d+|[0-9a-f]{32}|(?<=podTemplate_)\d+|(?<=owner\.reference: )[^\\]*")]
    private static partial Regex Random();
}
