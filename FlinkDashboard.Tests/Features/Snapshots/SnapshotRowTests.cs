using System.Text;
using FlinkDashboard.Features.Snapshots;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Tests.Features.Snapshots;

/// <summary>Snapshots as rows, as objects and as a status names them.</summary>
public class SnapshotRowTests
{
    private static readonly Evidence Around = new(new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero)) { Pods = [], Events = [], Snapshots = [] };

    [Fact]
    public void Completed_SaysWhereAndWhen()
    {
        var row = Row("""{"jobReference":{"kind":"FlinkSessionJob","name":"clicks"},"savepoint":{"alreadyExists":true,"disposeOnDelete":false,"formatType":"CANONICAL"}}""",
            """{"failures":0,"path":"file:/flink-data/savepoints/savepoint-4db1d7","resultTimestamp":"2026-11-24T16:38:45Z","state":"COMPLETED","triggerTimestamp":"2026-11-24T16:38:40Z"}""");
        Assert.Equal((VerdictState.Healthy, "Completed", "for an upgrade", "CANONICAL", "/sessions/team/clicks"), (row.Verdict, row.StateWords, row.TriggerWords, row.Format, row.JobAddress));
        Assert.Equal("file:/flink-data/savepoints/savepoint-4db1d7", row.Path);
        Assert.Equal("files stay when the object is deleted", SnapshotWords.OnDelete(row));
        Assert.Equal("kubectl -n team get flinkstatesnapshot one -o yaml", SnapshotWords.Kubectl(row));
    }

    [Fact]
    public void Failed_DecodesTheError_AndCountsAttempts()
    {
        var row = Row("""{"backoffLimit":2,"savepoint":{"path":"file:///proc/not-writable"}}""",
            """{"error":"{\"type\":\"org.apache.flink.kubernetes.operator.exception.ReconciliationException\",\"message\":\"java.util.concurrent.CompletionException: org.apache.flink.runtime.checkpoint.CheckpointException: IO-problem detected.\",\"additionalMetadata\":{},\"throwableList\":[]}","failures":3,"state":"FAILED"}""");
        Assert.Equal(("IO-problem detected.", "ReconciliationException"), (row.Error!.Plain, row.Error.ShortType));
        Assert.Equal((VerdictState.Failing, "3 of 3 attempts failed", "file:///proc/not-writable", null), (row.Verdict, SnapshotWords.Failures(row), row.Path, row.JobAddress));
        Assert.Equal("files are deleted with the object", SnapshotWords.OnDelete(row));
    }

    [Theory]
    [InlineData("", "New")]
    [InlineData("TRIGGER_PENDING", "Waiting")]
    [InlineData("IN_PROGRESS", "In progress")]
    [InlineData("ABANDONED", "Abandoned")]
    [InlineData("TELEPORTING", "TELEPORTING")]
    public void State_IsSaid_EvenWhenUnknown(string state, string words)
    {
        var row = Row("""{"checkpoint":{}}""", $$"""{"state":"{{state}}"}""");
        Assert.Equal((words, "checkpoint"), (row.StateWords, row.Kind));
        Assert.NotEqual(VerdictState.Healthy, row.Verdict);
    }

    [Fact]
    public void HugeValues_AndNoStatus_DoNotThrow()
    {
        var bare = SnapshotRow.From(Parse<FlinkStateSnapshot>("""{"metadata":{"name":"one"}}"""), Around);
        Assert.Equal((null, null, "New", "none"), (bare.Path, bare.At, bare.StateWords, SnapshotWords.Failures(bare)));
        var huge = Row("""{"backoffLimit":2147483647,"savepoint":{}}""", """{"failures":2147483647,"state":"TRIGGER_PENDING","error":"{broken"}""");
        Assert.Equal(("To be retried", "2147483647 of 2,147,483,648 attempts failed", "{broken"), (huge.StateWords, SnapshotWords.Failures(huge), huge.Error!.Plain));
        Assert.Equal("2 attempts failed; it is tried again without end", SnapshotWords.Failures(huge with { Failures = 2, Backoff = -1 }));
    }

    [Fact]
    public void Status_NamesSavepoints_ThatNoObjectHas_Once()
    {
        var status = Parse<FlinkDeployment>("""
            {"status":{"jobStatus":{"upgradeSavepointPath":"s3://b/chk/chk-7","savepointInfo":{
              "lastSavepoint":{"location":"s3://b/sp/3","timeStamp":1000,"triggerType":"PERIODIC","formatType":"NATIVE"},
              "savepointHistory":[{"location":"s3://b/sp/1","timeStamp":10},{"location":"s3://b/sp/2","timeStamp":20},{"location":"s3://b/sp/3","timeStamp":1000},{"timeStamp":5}]}}}}
            """).Status.JobStatus;
        var job = new ObjectMeta { Name = "orders", Namespace = "team" };
        SnapshotRow[] rows = [.. SnapshotRow.FromStatus("FlinkDeployment", job, status, new HashSet<string> { "s3://b/sp/2" })];
        Assert.Equal([("last savepoint", "s3://b/sp/3"), ("kept savepoint", "s3://b/sp/1"), ("start of the next run", "s3://b/chk/chk-7")], rows.Select(row => (row.Name, row.Path!)));
        Assert.Equal(("PERIODIC", "NATIVE", "savepoint"), (rows[0].Trigger, rows[0].Format, rows[0].Kind));
        Assert.Equal(("checkpoint", null, "/applications/team/orders"), (rows[2].Kind, rows[2].At, rows[2].JobAddress));
        Assert.Equal(3, rows.Select(row => row.Key).Distinct().Count());
        Assert.Equal("No snapshot objects. 3 savepoints are known from the status of an application only.", SnapshotWords.Summary(rows));
    }

    [Fact]
    public void LastStateMarker_IsNoPath()
    {
        Assert.Empty(SnapshotRow.FromStatus("FlinkDeployment", ObjectMeta.None, new FlinkJobStatus { UpgradeSavepointPath = "KUBERNETES_OPERATOR_LAST_STATE" }, new HashSet<string>()));
        Assert.Empty(SnapshotRow.FromStatus("FlinkDeployment", ObjectMeta.None, FlinkJobStatus.None, new HashSet<string>()));
    }

    [Fact]
    public void Filter_AsksForEverythingChosen()
    {
        var row = Row("""{"jobReference":{"kind":"FlinkDeployment","name":"orders"},"savepoint":{}}""", """{"state":"IN_PROGRESS"}""");
        Assert.True(SnapshotWords.Matches(row, "ORDERS upgrade", ["in-progress", "failed"], ["savepoint"], "team/orders"));
        Assert.False(SnapshotWords.Matches(row, "payments", [], [], null));
        Assert.False(SnapshotWords.Matches(row, null, ["completed"], [], null));
        Assert.False(SnapshotWords.Matches(row, null, [], ["checkpoint"], null));
        Assert.False(SnapshotWords.Matches(row, null, [], [], "other/orders"));
    }

    private static SnapshotRow Row(string spec, string status) => SnapshotRow.From(Parse<FlinkStateSnapshot>(
        """{"metadata":{"name":"one","namespace":"team","creationTimestamp":"2026-11-24T16:00:00Z","labels":{"snapshot.trigger-type":"UPGRADE"}},"spec":SPEC,"status":STATUS}""".Replace("SPEC", spec, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal)), Around);

    private static T Parse<T>(string json) where T : class, IKubernetesObject<T> => KindParsing.Parse<T>(Encoding.UTF8.GetBytes(json));
}
