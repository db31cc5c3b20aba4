using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Flink;
using FlinkDashboard.Sandbox.Behaviours.Kubernetes;
using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>A quiet sandbox with one node like the recorded one, an operator, and the namespace of a scenario; its clock is moved by hand.</summary>
internal sealed class ScenarioStage
{
    private const string Node = "ip-10-1-16-21.us-west-2.compute.internal";

    private readonly RecordedScenario _scenario;
    private readonly List<Exception> _failures = [];
    private readonly List<JsonObject> _events = [];

    public ScenarioStage(RecordedScenario scenario, int seed = 1)
    {
        _scenario = scenario;
        var start = DateTimeOffset.Parse((string)scenario.Json["startedAt"]!, System.Globalization.CultureInfo.InvariantCulture);
        World = new SandboxWorld(start, seed, 0, new FakeTimeProvider(), _failures.Add);
        Platform.AddTo(World);
        CoreNodes.Add(World, Node, "m5.2xlarge", "us-west-2a", TimeSpan.FromHours(1));
        World.Objects.Update(ResourceTypes.Nodes, "", Node, n =>
        {
            // The recorded node had a zone but no region, and pods take over both.
            n["metadata"]!["labels"]!.AsObject().Remove("topology.kubernetes.io/region");
            return n;
        });
        Platform.AddNamespace(World, scenario.Namespace);
        World.Objects.Create(ResourceTypes.ServiceAccounts, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "flink", ["namespace"] = scenario.Namespace } });
        if (scenario.Purpose.Contains("quota", StringComparison.OrdinalIgnoreCase))
            AddQuota(scenario.MostPods);
        World.OnChange(ResourceTypes.Events, c =>
        {
            if (c.Type != ChangeType.Deleted && c.Object.Namespace == scenario.Namespace)
                _events.Add(c.Object.Read());
        });
        foreach (var behaviour in (IEnumerable<IBehaviour>)[.. KubernetesBehaviours.All(), .. FlinkBehaviours.All(), new OperatorBehaviour()])
            behaviour.Start(World);
        Advance(TimeSpan.FromSeconds(1));
    }

    public SandboxWorld World { get; }

    /// <summary>Coarse states since the last step, each with the time at which it was first seen.</summary>
    public List<string> Walk { get; } = [];

    /// <summary>Notes coarse states that are new.</summary>
    public void Note(IEnumerable<string> states)
    {
        var text = string.Join("; ", states);
        if (Walk.Count == 0 || !Walk[^1].EndsWith(text, StringComparison.Ordinal))
            Walk.Add($"{World.Now:HH:mm:ss.f} {text}");
    }

    /// <summary>Lives on; whatever a behaviour threw fails the test.</summary>
    public void Advance(TimeSpan span)
    {
        World.Timeline.Advance(span);
        Assert.True(_failures.Count == 0, string.Join("\n\n", _failures));
    }

    /// <summary>Sends a step.</summary>
    public void Send(RecordedStep step)
    {
        _events.Clear();
        Walk.Clear();
        var type = ResourceTypes.All.First(t => t.Plural == step.Resource && t.Group != "metrics.k8s.io");
        switch (step.Do)
        {
            case "create":
                World.Objects.Create(type, step.Json["object"]!.DeepClone().AsObject());
                break;
            case "patch":
                World.Objects.Update(type, _scenario.Namespace, Present(type, step), o => MergePatch.Apply(o, Mapped(step.Json["patch"]!))!.AsObject());
                break;
            default:
                World.Objects.Delete(type, _scenario.Namespace, Present(type, step), Request(step.Query));
                break;
        }
    }

    /// <summary>Namespace of the scenario.</summary>
    public string Namespace => _scenario.Namespace;

    /// <summary>Status of a FlinkDeployment.</summary>
    public JsonNode Status(string name) => World.Objects.Get(ResourceTypes.FlinkDeployments, Namespace, name).Read()["status"]!;

    /// <summary>Merges into the spec of a FlinkDeployment.</summary>
    public void Patch(string name, JsonObject spec) =>
        World.Objects.Update(ResourceTypes.FlinkDeployments, Namespace, name, o => MergePatch.Apply(o, new JsonObject { ["spec"] = spec })!.AsObject());

    /// <summary>Reasons of the operator's events since the last step.</summary>
    public IEnumerable<string> Reasons() => ComparedState.OfEvents(_events).Select(l => l.Split(' ')[^1]);

    /// <summary>What is compared now.</summary>
    public SortedSet<string> State() => new(ComparedState.Of(Objects()).Concat(ComparedState.OfEvents(_events)), StringComparer.Ordinal);

    /// <summary>Coarse states of the Flink resources now.</summary>
    public IEnumerable<string> Coarse() => Objects().Where(o => ((string)o["kind"]!).StartsWith("Flink", StringComparison.Ordinal)).Select(ComparedState.Coarse);

    private IEnumerable<JsonObject> Objects() =>
        from type in ResourceTypes.All
        where type.Group is "flink.apache.org" or "apps" || type == ResourceTypes.Pods || type == ResourceTypes.Services || type == ResourceTypes.ConfigMaps
        from item in World.Objects.List(type, _scenario.Namespace).Items
        select item.Read();

    // A step may name a pod whose name was random: the sandbox's is the one with the same name but for the random part.
    private string Present(ResourceType type, RecordedStep step)
    {
        if (World.Objects.Find(type, _scenario.Namespace, step.Name) is not null)
            return step.Name;
        var wanted = ComparedState.Name(step.Name);
        return World.Objects.List(type, _scenario.Namespace).Items.Where(i => !i.IsDeleting).Select(i => i.Name).FirstOrDefault(n => ComparedState.Name(n) == wanted) ?? step.Name;
    }

    // A patch may name a savepoint that the real job wrote: the sandbox's is the one its newest snapshot has.
    private JsonNode Mapped(JsonNode patch)
    {
        var copy = patch.DeepClone();
        if ((copy["spec"]?["job"] ?? copy["spec"]?["template"]?["spec"]?["job"]) is JsonObject job && (string?)job["initialSavepointPath"] is { } path && path.Contains("/savepoint-", StringComparison.Ordinal))
        {
            job["initialSavepointPath"] = World.Objects.List(ResourceTypes.FlinkStateSnapshots, _scenario.Namespace).Items
                .Select(s => (string?)s.Read()["status"]?["path"]).LastOrDefault(p => p is not null) ?? path;
        }
        return copy;
    }

    private static DeleteRequest Request(string query) => new()
    {
        GraceSeconds = query.Contains("gracePeriodSeconds=0", StringComparison.Ordinal) ? 0 : null,
        Propagation = query.Contains("propagationPolicy=", StringComparison.Ordinal) ? query.Split("propagationPolicy=")[1].Split('&')[0] : null,
    };

    private void AddQuota(int pods) => World.Objects.Create(ResourceTypes.ResourceQuotas, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "quota", ["namespace"] = _scenario.Namespace },
        ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["pods"] = pods.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
    });
}
