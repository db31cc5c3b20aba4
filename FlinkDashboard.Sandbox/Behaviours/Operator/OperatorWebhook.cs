using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>
/// The container <c>flink-webhook</c> of the operator's pod (flink-kubernetes-webhook): the operator's validator behind <c>/validate</c>, its
/// default mutator behind <c>/mutate</c>. It judges what would be stored with the status that is stored.
/// </summary>
internal sealed class OperatorWebhook(SandboxWorld world, OperatorOptions options)
{
    private const string Container = "flink-webhook";
    private const string TargetSession = "target.session";
    private const int Denied = 403;

    /// <summary>Answers in every pod with the container.</summary>
    public void Start() => world.Webhooks.Add(Container, (path, question) => path switch
    {
        "/validate" => Validate(question) is { } error ? new AdmissionVerdict(Denied, error) : new AdmissionVerdict(),
        "/mutate" => Mutate(question),
        _ => new AdmissionVerdict(404, $"Illegal path requested: {path}. Only [/validate, /mutate] is accepted."),
    });

    private static AdmissionVerdict Mutate(AdmissionQuestion question) =>
        question.Type == ResourceTypes.FlinkSessionJobs && (string?)question.Object["spec"]?["deploymentName"] is { } cluster
            ? new AdmissionVerdict(Labels: new Dictionary<string, string> { [TargetSession] = cluster })
            : new AdmissionVerdict();

    private string? Validate(AdmissionQuestion question)
    {
        var resource = WorldObject.From(question.Type, question.Object);
        if (Canaries.Contains(resource))
            return null;
        if (question.Type == ResourceTypes.FlinkDeployments)
            return Deployment(resource, question.Old);
        if (question.Type == ResourceTypes.FlinkSessionJobs)
            return SessionJob(resource, question.Old);
        return question.Type == ResourceTypes.FlinkStateSnapshots ? Snapshot(resource, question.Old) : $"Unexpected resource: {question.Type.Kind}";
    }

    private string? Deployment(WorldObject resource, JsonObject? old) =>
        SpecValidation.OfDeployment(resource, FlinkSpec.Of(resource), StatusJson.Read(old?["status"], false).ReconciledShared?.Spec, options);

    private string? SessionJob(WorldObject resource, JsonObject? old)
    {
        var spec = FlinkSpec.Of(resource);
        var cluster = world.Objects.Find(ResourceTypes.FlinkDeployments, resource.Namespace, (string?)spec.Json["deploymentName"] ?? "");
        return SessionJobRules.Error(spec, StatusJson.Read(old?["status"], true).ReconciledShared?.Spec, cluster is null ? null : FlinkSpec.Of(cluster), options.JarSchemes);
    }

    private string? Snapshot(WorldObject resource, JsonObject? old)
    {
        var spec = resource.Read()["spec"] as JsonObject ?? [];
        var pending = SnapshotStatus.Read(old?["status"]).State == "TRIGGER_PENDING";
        return SnapshotRules.Error(resource.Namespace, spec, pending, (_, _) => SnapshotTarget.Of(world, resource.Namespace, spec).Exists);
    }
}
