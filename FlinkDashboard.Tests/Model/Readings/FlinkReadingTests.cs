using System.Text;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Readings;

/// <summary>Facts that must be put together.</summary>
public class FlinkReadingTests
{
    [Fact]
    public void Configuration_IsFlattened_AsTheOperatorDoes()
    {
        var d = Deployment("""{"spec":{"flinkConfiguration":{"taskmanager.numberOfTaskSlots":2,"a":{"b":{"c":true}},"list":["x","y"],"n":null}}}""");
        Assert.Equal("a.b.c=true,list=x;y,taskmanager.numberOfTaskSlots=2", d.Spec.FlinkConfiguration.ToString());
    }

    [Theory]
    [InlineData("""{"spec":{"job":{"parallelism":4},"flinkConfiguration":{"taskmanager.numberOfTaskSlots":"3"}}}""", 4, 2)]
    [InlineData("""{"spec":{"job":{"parallelism":4},"taskManager":{"replicas":3},"flinkConfiguration":{"taskmanager.numberOfTaskSlots":"2"}}}""", 6, 3)]
    [InlineData("""{"spec":{"job":{"parallelism":4}},"status":{"taskManager":{"replicas":7}}}""", 4, 7)]
    [InlineData("""{"spec":{"job":{"parallelism":4,"state":"suspended"}},"status":{"taskManager":{"replicas":7}}}""", 4, 0)]
    [InlineData("""{"spec":{"job":{"parallelism":4}},"status":{"jobStatus":{"state":"FINISHED"}}}""", 4, 0)]
    [InlineData("""{"spec":{}}""", null, null)]
    [InlineData("""{"spec":{"mode":"standalone","taskManager":{"replicas":3}}}""", null, 3)]
    public void Parallelism_AndTaskManagers_FollowFromTheSpec(string json, int? parallelism, int? taskManagers)
    {
        var d = Deployment(json);
        Assert.Equal(parallelism, FlinkReading.ParallelismOf(d));
        Assert.Equal(taskManagers, FlinkReading.TaskManagersWantedOf(d));
    }

    [Theory]
    [InlineData("""{"spec":{"flinkVersion":"v1_20"}}""", "1.20")]
    [InlineData("""{"spec":{"flinkVersion":"v1_18"},"status":{"clusterInfo":{"flink-version":"1.20.0-amzn-1"}}}""", "1.20.0-amzn-1")]
    [InlineData("{}", null)]
    public void FlinkVersion_IsTheRunningOne_ElseTheOneAskedFor(string json, string? version) => Assert.Equal(version, FlinkReading.FlinkVersionOf(Deployment(json)));

    [Theory]
    [InlineData("""{"spec":{"emrReleaseLabel":"emr-7.12.0-flink-latest"}}""", true)]
    [InlineData("""{"spec":{"emrReleaseLabel":"emr-7.12.0-flink-latest","jobManager":{"highAvailabilityEnabled":false}}}""", false)]
    [InlineData("""{"spec":{"flinkConfiguration":{"high-availability.type":"kubernetes"}}}""", true)]
    [InlineData("""{"spec":{"flinkConfiguration":{"high-availability":"NONE"}}}""", false)]
    [InlineData("{}", false)]
    public void HighAvailability_IsReadFromKeysAndEmrFields(string json, bool on) => Assert.Equal(on, FlinkReading.IsHighlyAvailable(Deployment(json)));

    [Fact]
    public void OperatorError_IsReadFromJson_FromText_AndFromWhatWasCut()
    {
        var error = OperatorError.Of("""{"type":"a.b.ReconciliationException","message":"java.util.concurrent.CompletionException: x.y.CheckpointException: no space","additionalMetadata":{"labels":["disk"]},"throwableList":[]}""")!;
        Assert.Equal(("ReconciliationException", "no space"), (error.ShortType, error.Plain));
        Assert.Equal(["disk"], error.Labels);
        Assert.Equal("inner", OperatorError.Of("""{"type":"a.B","message":"outer","throwableList":[{"type":"c.D","message":"inner"}]}""")!.RootMessage);
        Assert.Equal((null, "Job Not Found"), (OperatorError.Of("Job Not Found")!.Type, OperatorError.Of("Job Not Found")!.Message));
        Assert.Equal("""{"type":"a.B","mess""", OperatorError.Of("""{"type":"a.B","mess""")!.Message);
        Assert.Equal("a.B", OperatorError.Of("""{"type":"a.B"}""")!.Message);
        Assert.Null(OperatorError.Of(""));
    }

    [Fact]
    public void LastReconciledSpec_IsReadInItsOldAndNewForm()
    {
        var read = LastReconciledSpec.Of("""{"spec":{"job":{"parallelism":4,"state":"suspended","args":null},"image":"i"},"resource_metadata":{"firstDeployment":true}}""")!;
        Assert.Equal((4, true, true, "i"), (read.Deployment.Job!.Parallelism, read.IsSuspended, read.FirstDeployment, read.Deployment.Image));
        Assert.Equal(2, LastReconciledSpec.Of("""{"job":{"parallelism":2}}""")!.Deployment.Job!.Parallelism);
        Assert.Null(LastReconciledSpec.Of("[]"));
        Assert.Null(LastReconciledSpec.Of("{cut"));
        Assert.Null(LastReconciledSpec.Of(null));
    }

    [Fact]
    public void Event_TimeAndCount_StandWhereTheWriterPutThem()
    {
        var time = new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(time, EventReading.TimeOf(Event("""{"series":{"count":3,"lastObservedTime":"2026-11-24T16:00:00.000000Z"},"eventTime":"2026-11-24T15:00:00Z"}""")));
        Assert.Equal(time, EventReading.TimeOf(Event("""{"lastTimestamp":"2026-11-24T16:00:00Z","firstTimestamp":"2026-11-24T15:00:00Z","eventTime":null,"count":5}""")));
        Assert.Equal(time, EventReading.TimeOf(Event("""{"lastTimestamp":null,"eventTime":"2026-11-24T16:00:00.123456Z"}"""))!.Value.AddTicks(-1234560));
        Assert.Equal(time, EventReading.TimeOf(Event("""{"metadata":{"creationTimestamp":"2026-11-24T16:00:00Z"}}""")));
        Assert.Null(EventReading.TimeOf(Event("{}")));
        Assert.Equal(3, EventReading.CountOf(Event("""{"series":{"count":3},"count":1}""")));
    }

    private static CoreEvent Event(string json) => KindParsing.Parse<CoreEvent>(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData("""{"message":"{\"type\":\"org.apache.flink.Outer\",\"message\":\"java.util.concurrent.CompletionException: boom\",\"throwableList\":[{\"type\":\"x.Y\",\"message\":\"disk full\"}]}"}""", "disk full")]
    [InlineData("""{"message":" plain words "}""", "plain words")]
    [InlineData("""{"message":"{ Vertex ID 1 | Parallelism 1 -> 2 }"}""", "{ Vertex ID 1 | Parallelism 1 -> 2 }")]
    public void EventMessage_IsASentence_NotJson(string json, string said) => Assert.Equal(said, EventReading.MessageOf(Event(json)));

    [Theory]
    [InlineData("""{"annotations":{"argocd.argoproj.io/tracking-id":"orders:flink.apache.org/FlinkDeployment:n/o"}}""", "Argo CD", "orders", true)]
    [InlineData("""{"labels":{"kustomize.toolkit.fluxcd.io/name":"apps"}}""", "Flux", "apps", true)]
    [InlineData("""{"labels":{"app.kubernetes.io/managed-by":"Helm"},"annotations":{"meta.helm.sh/release-name":"r"}}""", "Helm", "r", true)]
    [InlineData("""{"labels":{"app.kubernetes.io/instance":"orders"},"managedFields":[{"manager":"flink-operator"},{"manager":"argocd-controller","fieldsV1":{"f:spec":{"f:job":{}}}}]}""", "Argo CD", "orders", true)]
    [InlineData("""{"managedFields":[{"manager":"kustomize-controller","operation":"Apply"}]}""", "Flux", null, true)]
    [InlineData("""{"managedFields":[{"manager":"helm"},7,null]}""", "Helm", null, true)]
    [InlineData("""{"managedFields":[{"manager":"kubectl-client-side-apply"}]}""", null, null, false)]
    [InlineData("{}", null, null, false)]
    public void Ownership_NamesTheTool(string metadata, string? tool, string? name, bool reverted)
    {
        var owned = Ownership.Of(Deployment($$"""{"metadata":{{metadata}}}""").Metadata);
        Assert.Equal((tool, name, reverted), (owned.Tool, owned.ToolObject, owned.IsReverted));
        Assert.Equal(reverted, owned.Sentence.Contains("undone", StringComparison.Ordinal));
    }

    [Fact]
    public void Node_IsRead_WhateverItsCloudCallsThings()
    {
        static NodeReading Of(string json) => NodeReading.Of(KindParsing.Parse<Node>(Encoding.UTF8.GetBytes(json)));
        var eks = Of("""{"metadata":{"labels":{"eks.amazonaws.com/capacityType":"ON_DEMAND","eks.amazonaws.com/nodegroup":"core","node.kubernetes.io/instance-type":"m5.xlarge","node-role.kubernetes.io/control-plane":""}},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}]}}""");
        Assert.Equal(("Ready,SchedulingDisabled", "on-demand", "core", "m5.xlarge"), (eks.Status, eks.CapacityType, eks.Pool, eks.InstanceType));
        Assert.Equal(["control-plane"], eks.Roles);
        Assert.Equal(("NotReady", "spot"), (Of("""{"metadata":{"labels":{"karpenter.sh/capacity-type":"spot"}},"status":{"conditions":[{"type":"Ready","status":"Unknown"}]}}""").Status, Of("""{"metadata":{"labels":{"karpenter.sh/capacity-type":"spot"}}}""").CapacityType));
        Assert.Equal("Unknown", Of("{}").Status);
    }

    [Fact]
    public void NextStart_IsDated_ByItsSnapshot()
    {
        var status = Deployment("""{"status":{"jobStatus":{"upgradeSavepointPath":"s3://b/savepoint-1"}}}""").Status.JobStatus;
        var snapshot = KindParsing.Parse<FlinkStateSnapshot>("""{"status":{"path":"s3://b/savepoint-1","state":"COMPLETED","resultTimestamp":"2026-11-24T16:00:00Z"}}"""u8);
        Assert.Equal(new StatePoint("savepoint", "s3://b/savepoint-1", new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero)), StatePoint.NextStartOf(status, [snapshot]));
        Assert.Null(StatePoint.NextStartOf(status with { UpgradeSavepointPath = StatePoint.LastStateMarker }, [snapshot]));
    }

    private static FlinkDeployment Deployment(string json) => KindParsing.Parse<FlinkDeployment>(Encoding.UTF8.GetBytes(json));
}
