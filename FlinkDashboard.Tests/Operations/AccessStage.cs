using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Operations;
using FlinkDashboard.Operations.Revisions;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Operations;

/// <summary>All operations over one sandbox, and for each action objects of its own.</summary>
public sealed class AccessStage : IAsyncLifetime
{
    private FlinkDashboard.Gateways.S3.S3Api uploads = null!;

    public OperationsStage Stage { get; private set; } = null!;

    public ApplicationOperations Applications { get; private set; } = null!;

    public UpgradeOperations Upgrades { get; private set; } = null!;

    public ManifestOperations Manifests { get; private set; } = null!;

    public SnapshotOperations Snapshots { get; private set; } = null!;

    public RevisionOperations Revisions { get; private set; } = null!;

    public StorageOperations Storage { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Stage = await OperationsStage.StartAsync();
        var objects = Stage.Sandbox.Cluster.World.Objects;
        foreach (var team in (string[])["team-a", "team-b"])
        {
            objects.Create(ResourceTypes.Namespaces, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = $"flink-{team}-ns" } });
            DefaultAccess.BindTeam(objects, $"flink-{team}-ns", team);
        }
        ClusterState state = new(
            [
                new ResourceCache<FlinkStateSnapshot>(FlinkStateSnapshot.Info), new ResourceCache<FlinkDeployment>(FlinkDeployment.Info), new ResourceCache<FlinkSessionJob>(FlinkSessionJob.Info),
                new ResourceCache<FlinkBlueGreenDeployment>(FlinkBlueGreenDeployment.Info), new ResourceCache<ControllerRevision>(ControllerRevision.Info)
            ], TimeProvider.System);
        var (api, runner) = (Stage.Api, Stage.Runner);
        (Applications, Upgrades, Manifests, Snapshots) = (new(api, runner), new(api, runner), new(api, runner, Stage.Schemas, Stage.Defaults), new(api, runner, state, TimeProvider.System));
        Storage = StorageStage.Operations(Stage.Sandbox.Cluster, state, runner, Stage.Reviews, out uploads);
        Revisions = new(api, Manifests, new(api, state, TimeProvider.System, NullLogger<RevisionKeeper>.Instance));
    }

    public async Task DisposeAsync()
    {
        uploads.Dispose();
        await Stage.DisposeAsync();
    }

    /// <summary>An upload with its only part there; its id.</summary>
    public async Task<string> BegunAsync(JarUpload upload)
    {
        var place = StorageStage.At("jobs/" + upload.Name);
        var id = await uploads.BeginUploadAsync(place, "application/java-archive", default);
        await uploads.SendPartAsync(place, id, 1, new MemoryStream(StorageStage.JarBytes((int)upload.Size)), default);
        return id;
    }

    /// <summary>An application, a session job and a savepoint of it, all of one name.</summary>
    public async Task<AccessTarget> TargetAsync(string ns, string name)
    {
        Stage.Sandbox.Cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication(ns, name), part: WritePart.All);
        Stage.Sandbox.Put(ResourceTypes.FlinkSessionJobs, $$$"""
            {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkSessionJob","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},"spec":{"deploymentName":"session","job":{"jarURI":"https://x/job.jar","parallelism":1,"state":"running"} },
             "status":{"lifecycleState":"STABLE","jobStatus":{"state":"RUNNING"},"reconciliationStatus":{"lastReconciledSpec":"{\"spec\":{\"job\":{\"state\":\"running\"} } }"} } }
            """);
        Stage.Sandbox.Put(ResourceTypes.FlinkStateSnapshots, $$$"""
            {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkStateSnapshot","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},
             "spec":{"jobReference":{"kind":"FlinkDeployment","name":"{{{name}}}"},"savepoint":{} },"status":{"state":"COMPLETED","path":"s3://b/savepoint-1"} }
            """);
        var api = Stage.Api;
        return new(
            await api.GetAsync(FlinkDeployment.Info, ns, name, null, default), await api.GetAsync(FlinkSessionJob.Info, ns, name, null, default), await api.GetAsync(FlinkStateSnapshot.Info, ns, name, null, default),
            Manifest.Parse(await api.ReadYamlAsync(FlinkDeployment.Info, ns, name, null, default)));
    }

    /// <summary>Suspends them past the operator, for actions on what is suspended.</summary>
    public async Task<AccessTarget> SuspendedAsync(AccessTarget target)
    {
        foreach (var type in new[] { ResourceTypes.FlinkDeployments, ResourceTypes.FlinkSessionJobs })
        {
            Stage.Sandbox.Change(type, target.App.Metadata.Namespace, target.App.Metadata.Name, o =>
            {
                o["spec"]!["job"]!["state"] = "suspended";
                o["status"]!["lifecycleState"] = "SUSPENDED";
            });
        }
        var (ns, name) = (target.App.Metadata.Namespace, target.App.Metadata.Name);
        return target with { App = await Stage.Api.GetAsync(FlinkDeployment.Info, ns, name, null, default), Job = await Stage.Api.GetAsync(FlinkSessionJob.Info, ns, name, null, default) };
    }

    /// <summary>Switches the autoscaler on past the operator.</summary>
    public void Autoscale(AccessTarget target)
    {
        Stage.Sandbox.Change(ResourceTypes.FlinkDeployments, target.App.Metadata.Namespace, target.App.Metadata.Name, o => o["spec"]!["flinkConfiguration"]!["job.autoscaler.enabled"] = "true");
        Stage.Sandbox.Change(ResourceTypes.FlinkSessionJobs, target.App.Metadata.Namespace, target.App.Metadata.Name, o => o["spec"]!["flinkConfiguration"] = new System.Text.Json.Nodes.JsonObject { ["job.autoscaler.enabled"] = "true" });
    }
}

/// <summary>What an action is tried on.</summary>
public sealed record AccessTarget(FlinkDeployment App, FlinkSessionJob Job, FlinkStateSnapshot Snapshot, Manifest Text);
