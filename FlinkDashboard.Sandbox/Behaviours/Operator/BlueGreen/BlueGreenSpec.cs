using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>What a change of a blue/green spec asks for (reconciler/diff/FlinkBlueGreenDeploymentSpecDiff).</summary>
internal enum BlueGreenChange
{
    /// <summary>The template is the same.</summary>
    None,

    /// <summary>Only fields that do not touch the running job: the active child is patched.</summary>
    PatchChild,

    /// <summary>A new child takes over.</summary>
    Transition,

    /// <summary>A new child takes over, from initialSavepointPath.</summary>
    SavepointRedeploy,

    /// <summary>The active child is suspended.</summary>
    Suspend,

    /// <summary>The active child is resumed.</summary>
    Resume,
}

/// <summary>spec of a FlinkBlueGreenDeployment.</summary>
internal sealed class BlueGreenSpec
{
    private const string Prefix = "bluegreen.";
    private readonly JsonNode? _metadata;
    private readonly Dictionary<string, string> _configuration;

    private BlueGreenSpec(JsonNode? node)
    {
        Template = FlinkSpec.From(node?["template"]?["spec"]);
        Ingress = node?["ingress"];
        _metadata = node?["template"]?["metadata"];
        _configuration = (node?["configuration"] as JsonObject ?? []).ToDictionary(p => p.Key, p => (string?)p.Value ?? "");
    }

    /// <summary>The spec of both children.</summary>
    public FlinkSpec Template { get; }

    /// <summary>The ingress that follows the active child, or null.</summary>
    public JsonNode? Ingress { get; }

    /// <summary>A new child starts from a savepoint of the active one: every upgradeMode but stateless.</summary>
    public bool NeedsSavepoint => Template.UpgradeMode != "stateless";

    /// <summary>kubernetes.operator.bluegreen.abort.grace-period.</summary>
    public TimeSpan GracePeriod => FlinkOptions.Duration(_configuration, Prefix + "abort.grace-period", TimeSpan.FromMinutes(10));

    /// <summary>kubernetes.operator.bluegreen.reconciliation.reschedule-interval.</summary>
    public TimeSpan Interval => FlinkOptions.Duration(_configuration, Prefix + "reconciliation.reschedule-interval", TimeSpan.FromSeconds(15));

    /// <summary>kubernetes.operator.bluegreen.deployment-deletion.delay.</summary>
    public TimeSpan DeletionDelay => FlinkOptions.Duration(_configuration, Prefix + "deployment-deletion.delay", TimeSpan.Zero);

    /// <summary>The spec of a resource.</summary>
    public static BlueGreenSpec Of(WorldObject resource) => new(SortedJson.Of(resource.Read()["spec"]));

    /// <summary>Reads lastReconciledSpec.</summary>
    public static BlueGreenSpec Parse(string text) => new(JsonNode.Parse(text)!["spec"]);

    /// <summary>What it takes to come from an earlier spec to this one.</summary>
    public BlueGreenChange ChangeFrom(BlueGreenSpec before)
    {
        if (before.Template.IsSuspended != Template.IsSuspended)
            return Template.IsSuspended ? BlueGreenChange.Suspend : BlueGreenChange.Resume;
        var type = SpecDiff.Between(before.Template, Template, standalone: false).Type;
        return type == DiffType.SavepointRedeploy ? BlueGreenChange.SavepointRedeploy
            : Template.SameAs(before.Template) ? BlueGreenChange.None
            : type == DiffType.Ignore ? BlueGreenChange.PatchChild
            : BlueGreenChange.Transition;
    }

    /// <summary>The text of lastReconciledSpec.</summary>
    public override string ToString() => new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["configuration"] = _configuration.Count == 0 ? null : new JsonObject(_configuration.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            ["ingress"] = Ingress?.DeepClone(),
            ["template"] = new JsonObject { ["metadata"] = _metadata?.DeepClone(), ["spec"] = Template.Json.DeepClone() },
        },
    }.ToJsonString(JsonText.Options);
}
