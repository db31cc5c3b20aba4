using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Previews;
using static FlinkDashboard.Tests.Model.Previews.PreviewCases;

namespace FlinkDashboard.Tests.Model.Previews;

public class PreflightTests
{
    private const string Image = """{"image":"flink:1.20.2"}""";
    private const string LastState = """{"image":"flink:1.20.2","job":{"upgradeMode":"last-state"}}""";

    public static TheoryData<string, string, string, string, PreflightState> Rows => new()
    {
        { "Operator rules", "{}", Image, "{}", PreflightState.Go },
        { "Operator rules", "{}", """{"job":{"parallelism":0}}""", "{}", PreflightState.NoGo },
        { "Job", "{}", Image, "{}", PreflightState.Go },
        { "Job", "{}", Image, """{"jobStatus":{"state":"RESTARTING"}}""", PreflightState.Risky },
        { "Job", "{}", Image, """{"jobStatus":{"state":"CANCELLING"}}""", PreflightState.NoGo },
        { "Checkpoint age", "{}", Image, "{}", PreflightState.Go },
        { "Checkpoint age", "{}", LastState, "{}", PreflightState.Risky },
        { "High-availability metadata", "{}", LastState, "{}", PreflightState.Go },
        { "Savepoint directory", "{}", Image, "{}", PreflightState.Go },
        { "Max parallelism", "{}", Image, "{}", PreflightState.Go },
        { "Max parallelism", "{}", """{"job":{"parallelism":100}}""", "{}", PreflightState.Risky },
        { "Max parallelism", "{}", """{"job":{"parallelism":129}}""", "{}", PreflightState.NoGo },
        { "Max parallelism", """{"flinkConfiguration":{"pipeline.max-parallelism":"64"}}""", """{"flinkConfiguration":{"pipeline.max-parallelism":"128"}}""", "{}", PreflightState.NoGo },
        { "Max parallelism", "{}", """{"flinkConfiguration":{"pipeline.max-parallelism":"2"}}""", "{}", PreflightState.NoGo },
        { "Flink version", "{}", Image, "{}", PreflightState.Go },
        { "Flink version", "{}", """{"flinkVersion":"v1_19"}""", "{}", PreflightState.NoGo },
        { "Flink version", "{}", """{"flinkVersion":"v2_0"}""", "{}", PreflightState.Risky },
        { "Flink version", """{"flinkVersion":"v1_17"}""", "{}", "{}", PreflightState.Risky },
        { "Flink version", """{"flinkVersion":"v1_19"}""", "{}", "{}", PreflightState.Go },
        { "Quota", "{}", Image, "{}", PreflightState.Unknown },
        { "Node fit", "{}", Image, "{}", PreflightState.Unknown },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Check_SaysSo(string name, string spec, string patch, string status, PreflightState state)
    {
        var items = Preflight.Of(Edit(Running(spec, status), patch) with { NewestCheckpoint = Now.AddMinutes(-12) });
        var item = items.Single(i => i.Name == name);
        Assert.True(state == item.State, $"{item.State}: {item.Reason}");
        Assert.EndsWith(".", item.Reason);
    }

    // JobManager and two TaskManagers of one core and 2 GiB each are needed.
    [Theory]
    [InlineData("3", "6Gi", "0", "0", PreflightState.Go)]
    [InlineData("3", "6Gi", "0", "1Gi", PreflightState.NoGo)]
    [InlineData("2", "6Gi", "0", "0", PreflightState.NoGo)]
    [InlineData("4", "8Gi", "1", "2Gi", PreflightState.Go)]
    public void Quota_IsHeldAgainstWhatIsNeeded(string cpu, string memory, string usedCpu, string usedMemory, PreflightState state)
    {
        var quota = Parse<ResourceQuota>($$$"""{"metadata":{"name":"q","namespace":"team-a"},"status":{"hard":{"requests.cpu":"{{{cpu}}}","requests.memory":"{{{memory}}}"},"used":{"requests.cpu":"{{{usedCpu}}}","requests.memory":"{{{usedMemory}}}"} } }""");
        Assert.Equal(state, Preflight.Of(Edit(null, "{}"), new([quota], [], [], [])).Single(i => i.Name == "Quota").State);
    }

    [Theory]
    [InlineData("4", "16Gi", false, PreflightState.Go)]
    [InlineData("2", "16Gi", false, PreflightState.NoGo)]
    [InlineData("2", "16Gi", true, PreflightState.Risky)]
    [InlineData("500m", "16Gi", false, PreflightState.NoGo)]
    public void Nodes_MustHoldThePods(string cpu, string memory, bool pools, PreflightState state)
    {
        var node = Parse<Node>($$$"""{"metadata":{"name":"n1"},"status":{"allocatable":{"cpu":"{{{cpu}}}","memory":"{{{memory}}}"},"conditions":[{"type":"Ready","status":"True"}]}}""");
        Assert.Equal(state, Preflight.Of(Edit(null, "{}"), new([], [node], [], pools ? [new()] : [])).Single(i => i.Name == "Node fit").State);
    }

    private static T Parse<T>(string json) where T : class, IKubernetesObject<T> => RecordedKindTests.Parse<T>(JsonDocument.Parse(json).RootElement);
}
