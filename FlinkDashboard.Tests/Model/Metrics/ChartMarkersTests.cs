using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Model.Revisions;

namespace FlinkDashboard.Tests.Model.Metrics;

public class ChartMarkersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    private static readonly FlinkDeployment App = new() { Metadata = new ObjectMeta { Name = "orders", Namespace = "team", Uid = "u1" }, Spec = new FlinkDeploymentSpec { Job = new FlinkJobSpec() } };

    [Theory]
    [InlineData("SpecChanged", "Normal", ChartMarkerKind.Deployment)]
    [InlineData("SavepointError", "Warning", ChartMarkerKind.Failure)]
    [InlineData("CheckpointError", "Warning", ChartMarkerKind.Failure)]
    [InlineData("RestartUnhealthyJob", "Warning", ChartMarkerKind.Restart)]
    [InlineData("ScalingReport", "Normal", ChartMarkerKind.Scaling)]
    [InlineData("SomethingNew", "Warning", ChartMarkerKind.Other)]
    public void Event_IsAMark_OfItsKind(string reason, string type, ChartMarkerKind kind)
    {
        var mark = Assert.Single(Of(new() { Events = [Event(reason, type)] }));
        Assert.Equal((kind, $"{reason}: it happened", Now.AddMinutes(-5)), (mark.Kind, mark.Words, mark.At));
    }

    [Fact]
    public void QuietEvents_OtherApplications_AndOtherTimes_LeaveNoMark()
    {
        Assert.Empty(Of(new()
        {
            Events =
            [
                Event("JobStatusChanged", "Normal"),
                Event("SpecChanged", "Normal", name: "orders-eu"),
                Event("BackOff", "Warning", "Pod", "orders-eu-5d8f7c9b6d-x2x7k"),
                Event("SpecChanged", "Normal") with { LastTimestamp = Now.AddHours(-3) },
            ],
        }));
    }

    [Fact]
    public void PodEvents_AreThoseOfTheApplicationsPods()
    {
        var marks = Of(new() { Events = [Event("BackOff", "Warning", "Pod", "orders-5d8f7c9b6d-x2x7k"), Event("OOMKilling", "Warning", "Pod", "orders-taskmanager-1-2"), Event("Unhealthy", "Warning", "Pod", "orders-taskmanager-1-2")] });
        Assert.Equal(2, marks.Count);
        Assert.All(marks, mark => Assert.Equal(ChartMarkerKind.Restart, mark.Kind));
    }

    [Fact]
    public void Snapshots_Revisions_AndEndedContainers_AreMarks()
    {
        var labels = StringMap.From([new("type", "flink-native-kubernetes"), new("component", "taskmanager"), new("app", "orders")]);
        var marks = Of(new()
        {
            Snapshots =
            [
                Snapshot("good", SnapshotState.Completed, Now.AddMinutes(-30)), Snapshot("bad", SnapshotState.Failed, Now.AddMinutes(-20)),
                Snapshot("other", SnapshotState.Completed, Now.AddMinutes(-20)) with { Spec = new() { JobReference = new() { Kind = "FlinkDeployment", Name = "else" } } },
            ],
            Revisions =
            [
                new()
                {
                    Metadata = new() { Name = "orders-3", Namespace = "team", Labels = StringMap.From([new(RevisionLabels.OwnerUid, "u1")]), Annotations = StringMap.From([new(RevisionLabels.At, "2026-11-29T09:15:00Z"), new(RevisionLabels.Author, "ana")]) },
                    Revision = 3,
                },
            ],
            Pods =
            [
                new()
                {
                    Metadata = new() { Name = "orders-taskmanager-1-1", Namespace = "team", Labels = labels },
                    Status = new() { ContainerStatuses = [new() { Name = "flink-main-container", LastState = new ContainerTerminated(137, null, "OOMKilled", null, null, Now.AddMinutes(-10)) }] },
                },
            ],
        });
        Assert.Equal(
        [
            "Deployment Version 3 of the spec by ana", "Savepoint Savepoint good", "Failure Savepoint bad failed: no space", "Restart orders-taskmanager-1-1: flink-main-container ended with OOMKilled (137)",
        ], marks.Select(mark => $"{mark.Kind} {mark.Words}"));
    }

    private static IReadOnlyList<ChartMarker> Of(MarkerFacts facts) => ChartMarkers.Of(App, facts, Now.AddHours(-1), Now);

    private static CoreEvent Event(string reason, string type, string kind = "FlinkDeployment", string name = "orders") => new()
    {
        Metadata = new() { Name = "e", Namespace = "team" },
        InvolvedObject = new() { Kind = kind, Name = name, Namespace = "team" },
        Reason = reason,
        Type = type,
        Message = "it happened",
        LastTimestamp = Now.AddMinutes(-5),
        FirstTimestamp = Now.AddMinutes(-5),
        Count = 1,
    };

    private static FlinkStateSnapshot Snapshot(string name, SnapshotState state, DateTimeOffset at) => new()
    {
        Metadata = new() { Name = name, Namespace = "team" },
        Spec = new() { JobReference = new() { Kind = "FlinkDeployment", Name = "orders" }, Savepoint = new() },
        Status = new() { State = state, ResultTimestamp = at, Error = state == SnapshotState.Failed ? "no space" : null },
    };
}
