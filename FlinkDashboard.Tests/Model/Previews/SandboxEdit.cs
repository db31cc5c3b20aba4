using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Model.OperatorRules;
using FlinkDashboard.Tests.Sandbox.Operator;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>Edits sent to a sandbox, told as recorded ones are: what stood before, what was seen after.</summary>
internal sealed class SandboxEdit
{
    private readonly List<RecordedEvent> _events = [];
    private readonly DateTimeOffset _start;

    public SandboxEdit()
    {
        _start = Stage.World.Now;
        foreach (var type in ResourceTypes.All.Where(t => t.Namespaced && t.Group != "metrics.k8s.io"))
            Stage.World.OnChange(type, c => _events.Add(Event(c.Type.ToString().ToUpperInvariant(), c.Object)));
    }

    public LiveStage Stage { get; } = new();

    /// <summary>Sends a merge patch of a spec and lives on.</summary>
    public RecordedEdit Send(string name, string patch, double seconds, ResourceType? type = null)
    {
        type ??= ResourceTypes.FlinkDeployments;
        var before = Parse(Stage.World.Objects.Get(type, LiveStage.Namespace, name).Read());
        var wanted = RecordedSpecDiffTests.MergePatched(JsonNode.Parse(before.GetRawText())!.AsObject(), new JsonObject { ["spec"] = JsonNode.Parse(patch) });
        var input = InputOf(type, name, before, wanted);
        _events.Clear();
        Stage.World.Objects.Update(type, LiveStage.Namespace, name, o => FlinkDashboard.Tests.Sandbox.Operator.MergePatch.Apply(o, new JsonObject { ["spec"] = JsonNode.Parse(patch) })!.AsObject());
        Stage.Advance(seconds);
        return new(type.Plural, name, 0, Parse(new JsonObject { ["status"] = 200 }), input, before, [.. _events]);
    }

    private PreviewInput InputOf(ResourceType type, string name, JsonElement before, JsonObject wanted)
    {
        IKubernetesObject current = type == ResourceTypes.FlinkSessionJobs ? RecordedKindTests.Parse<FlinkSessionJob>(before)
            : type == ResourceTypes.FlinkBlueGreenDeployments ? RecordedKindTests.Parse<FlinkBlueGreenDeployment>(before)
            : RecordedKindTests.Parse<FlinkDeployment>(before);
        var cluster = (string?)wanted["spec"]!["deploymentName"] ?? name;
        var job = Stage.World.Flink.Find(LiveStage.Namespace, cluster)?.Jobs.LastOrDefault();
        wanted.Remove("status");
        return new(current, Manifest.Parse(wanted.ToJsonString()), Stage.World.Now)
        {
            OperatorVersion = "1.15.0",
            HasHaMetadata = HaMetadata.Exist(LiveStage.Namespace, cluster, All<ConfigMap>(ResourceTypes.ConfigMaps)),
            Snapshots = All<FlinkStateSnapshot>(ResourceTypes.FlinkStateSnapshots),
            SessionJobs = All<FlinkSessionJob>(ResourceTypes.FlinkSessionJobs),
            SessionCluster = type == ResourceTypes.FlinkSessionJobs ? All<FlinkDeployment>(ResourceTypes.FlinkDeployments).Single(d => d.Metadata.Name == cluster) : null,
            ActiveChild = current is FlinkBlueGreenDeployment parent ? All<FlinkDeployment>(ResourceTypes.FlinkDeployments).FirstOrDefault(d => d.Metadata.Name == BlueGreenChild.NameOf(parent)) : null,
            JobManager = All<Deployment>(ResourceTypes.Deployments).FirstOrDefault(d => d.Metadata.Name == name),
            NewestCheckpoint = job?.Checkpoints?.LatestCompleted?.TriggeredAt,
        };
    }

    private List<T> All<T>(ResourceType type) where T : class, IKubernetesObject<T> =>
        [.. Stage.World.Objects.List(type, LiveStage.Namespace).Items.Select(i => RecordedKindTests.Parse<T>(Parse(i.Read())))];

    private RecordedEvent Event(string type, WorldObject o) => new(Stage.World.Now - _start, o.Type.Plural, type, Parse(o.Read()));

    private static JsonElement Parse(JsonObject o) => JsonDocument.Parse(o.ToJsonString()).RootElement;
}
