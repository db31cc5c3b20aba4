using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// Kubernetes high availability: ConfigMap <c>CLUSTER-cluster-config-map</c> with the leaders and submitted job graphs, and one
/// <c>CLUSTER-JOB-config-map</c> per job with its checkpoint counter and newest checkpoint. They have no owner: they outlive the
/// Deployment. Real JobManagers renew the lease every 5 s and write every checkpoint; here that pace ends after a minute
/// (<see cref="FlinkClusters.HighAvailabilityPace"/>), and the newest checkpoint is written when the process ends.
/// </summary>
internal sealed class HighAvailability(SandboxWorld world, JobManager owner)
{
    private const string LeaderKey = "org.apache.flink.k8s.leader.";
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);

    private readonly string _session = world.NewUid();
    private readonly string _holder = world.NewUid();
    private DateTimeOffset _acquired;

    private string ClusterMap => $"{owner.Id}-cluster-config-map";

    /// <summary>True if the configuration asks for it.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> settings) =>
        settings.Text("high-availability.type", "high-availability") is { } type
        && (type.Equals("kubernetes", StringComparison.OrdinalIgnoreCase) || type.EndsWith("KubernetesHaServicesFactory", StringComparison.Ordinal));

    /// <summary>How long the lease of a leader that died without giving it up still runs; zero when it can be taken.</summary>
    public TimeSpan UntilLeaseEnds()
    {
        if (world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, ClusterMap)?.Read() is not { } map || Leader(map) is not { } leader || (string?)leader["holderIdentity"] is not { Length: > 0 })
            return TimeSpan.Zero;
        var end = DateTimeOffset.Parse((string)leader["renewTime"]!, CultureInfo.InvariantCulture) + LeaseDuration;
        return end > world.Now ? end - world.Now : TimeSpan.Zero;
    }

    /// <summary>The process ends. In good order it gives the lease up; killed, it leaves it as of its last renewal.</summary>
    public void Resign(bool inGoodOrder) => Change(ClusterMap, map => map["metadata"]!["annotations"] = Annotations(
        Transitions(map), inGoodOrder ? "" : _holder, inGoodOrder ? world.Now : world.Now - TimeSpan.FromMilliseconds(world.Next((int)LeaseRenewal.TotalMilliseconds))));

    /// <summary>Takes the lease and names the addresses of REST server and dispatcher.</summary>
    public void Lead(string ip)
    {
        _acquired = world.Now;
        if (world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, ClusterMap) is null)
            Create(ClusterMap, Annotations(0, _holder, world.Now));
        Change(ClusterMap, map =>
        {
            var data = Data(map);
            data[LeaderKey + "dispatcher"] = $"{_session},pekko.tcp://flink@{ip}:6123/user/rpc/dispatcher_1";
            data[LeaderKey + "resourcemanager"] = $"{_session},pekko.tcp://flink@{ip}:6123/user/rpc/resourcemanager_0";
            data[LeaderKey + "restserver"] = $"{_session},http://{ip}:8081";
            var transitions = Transitions(map);
            map["metadata"]!["annotations"] = Annotations(Holder(map) is { } old && old != _holder ? transitions + 1 : transitions, _holder, world.Now);
        });
        Renew();
    }

    /// <summary>A job was submitted.</summary>
    public void AddJob(string jobId, string ip)
    {
        Change(ClusterMap, map =>
        {
            Data(map)[$"jobGraph-{jobId}"] = JavaHandle.Of($"{Storage}/submittedJobGraph{world.Hex(12)}", 48_173);
            Data(map)[$"{LeaderKey}job-{jobId}"] = $"{_session},pekko.tcp://flink@{ip}:6123/user/rpc/jobmanager_2";
        });
        if (world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, JobMap(jobId)) is null)
            Create(JobMap(jobId), null);
    }

    /// <summary>A job reached a globally terminal state: nothing of it is kept.</summary>
    public void RemoveJob(string jobId)
    {
        Change(ClusterMap, map =>
        {
            Data(map).Remove($"jobGraph-{jobId}");
            Data(map).Remove($"{LeaderKey}job-{jobId}");
        });
        if (world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, JobMap(jobId)) is not null)
            world.Objects.Delete(ResourceTypes.ConfigMaps, owner.Namespace, JobMap(jobId));
    }

    /// <summary>Jobs submitted to this cluster earlier that have not ended.</summary>
    public IReadOnlyList<string> SubmittedJobs() => world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, ClusterMap)?.Read()["data"] is JsonObject data
        ? [.. data.Select(d => d.Key).Where(k => k.StartsWith("jobGraph-", StringComparison.Ordinal)).Select(k => k[9..])]
        : [];

    /// <summary>The checkpoint a job goes on from, and the id after it; null when none was completed.</summary>
    public (StoredState? State, long NextId)? Recover(string jobId)
    {
        if (world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, JobMap(jobId))?.Read()["data"] is not JsonObject data)
            return null;
        var newest = data.Where(d => d.Key.StartsWith("checkpointID-", StringComparison.Ordinal)).OrderBy(d => d.Key, StringComparer.Ordinal).LastOrDefault();
        var file = newest.Value is null ? null : JavaHandle.PathOf((string)newest.Value!);
        var counter = long.TryParse((string?)data["counter"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var next) ? next : 1;
        return (file is null ? null : world.Flink.Storage.Handle(owner.Namespace, file), counter);
    }

    /// <summary>Writes a job's counter and newest checkpoint.</summary>
    public void Save(JobRun run)
    {
        if (run.Checkpoints is not { } coordinator || run.Job.IsTerminal)
            return;
        coordinator.CatchUp();
        // The counter is first written with the first checkpoint.
        if (coordinator.NextId == 1)
            return;
        Change(JobMap(run.Job.Id), map =>
        {
            var data = Data(map);
            data["counter"] = coordinator.NextId.ToString(CultureInfo.InvariantCulture);
            if (coordinator.Latest is not { IsSavepoint: false } latest || latest.JobId != run.Job.Id)
                return;
            var key = $"checkpointID-{latest.CheckpointId:D19}";
            if (data.ContainsKey(key))
                return;
            foreach (var old in data.Select(d => d.Key).Where(k => k.StartsWith("checkpointID-", StringComparison.Ordinal)).ToList())
            {
                if (JavaHandle.PathOf((string)data[old]!) is { } oldFile)
                    world.Flink.Storage.RemoveHandle(owner.Namespace, oldFile);
                data.Remove(old);
            }
            var file = $"{Storage}/completedCheckpoint{world.Hex(12)}";
            world.Flink.Storage.AddHandle(owner.Namespace, file, latest);
            data[key] = JavaHandle.Of(file, 23_992);
        });
    }

    private string Storage => $"{FlinkStorage.Normalise(owner.Configuration.Text("high-availability.storageDir") ?? "file:///tmp/ha")}/{owner.Id}";

    private string JobMap(string jobId) => $"{owner.Id}-{jobId}-config-map";

    private void Renew()
    {
        var pace = world.Now - _acquired < TimeSpan.FromMinutes(1) ? LeaseRenewal : TimeSpan.FromTicks(Math.Max(LeaseRenewal.Ticks, world.Flink.HighAvailabilityPace.Ticks));
        world.Timeline.After(pace, () =>
        {
            lock (world.Flink.Gate)
            {
                if (owner.IsOver)
                    return;
                Change(ClusterMap, map => map["metadata"]!["annotations"] = Annotations(Transitions(map), _holder, world.Now));
                foreach (var run in owner.Runs)
                    Save(run);
                Renew();
            }
        });
    }

    private void Create(string name, JsonObject? annotations)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = owner.Namespace,
            // Flink writes this type in standalone mode as well (recorded).
            ["labels"] = new JsonObject { ["app"] = owner.Id, ["configmap-type"] = "high-availability", ["type"] = "flink-native-kubernetes" },
        };
        if (annotations is not null)
            metadata["annotations"] = annotations;
        world.Objects.Create(ResourceTypes.ConfigMaps, new JsonObject { ["metadata"] = metadata });
    }

    // Somebody (the operator, a user) may have deleted the ConfigMap: then there is nothing to change.
    private void Change(string name, Action<JsonObject> change)
    {
        if (world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, name) is null)
            return;
        world.Objects.Update(ResourceTypes.ConfigMaps, owner.Namespace, name, map =>
        {
            change(map);
            return map;
        });
    }

    private static JsonObject Data(JsonObject map)
    {
        if (map["data"] is JsonObject data)
            return data;
        var fresh = new JsonObject();
        map["data"] = fresh;
        return fresh;
    }

    private JsonObject Annotations(int transitions, string holder, DateTimeOffset renewed) => new()
    {
        ["control-plane.alpha.kubernetes.io/leader"] =
            $"{{\"holderIdentity\":\"{holder}\",\"leaseDuration\":15.000000000,\"acquireTime\":\"{Time(_acquired)}\",\"renewTime\":\"{Time(renewed)}\",\"leaderTransitions\":{transitions}}}",
    };

    private static string? Holder(JsonObject map) => (string?)Leader(map)?["holderIdentity"];

    private static int Transitions(JsonObject map) => (int?)Leader(map)?["leaderTransitions"] ?? 0;

    private static JsonNode? Leader(JsonObject map) =>
        (string?)map["metadata"]!["annotations"]?["control-plane.alpha.kubernetes.io/leader"] is { Length: > 0 } text ? JsonNode.Parse(text) : null;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
