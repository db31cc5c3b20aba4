using System.Globalization;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using FlinkDashboard.Sandbox.World.Metrics;
using FlinkDashboard.Tests.Sandbox.Flink;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

public class FlinkSeriesTests
{
    private readonly RestStage _rest = new();
    private readonly MetricJournal _journal;

    public FlinkSeriesTests()
    {
        _journal = _rest.Stage.World.Metrics;
        _journal.Start();
        _rest.Stage.Deploy("local:///opt/flink/examples/streaming/StateMachineExample.jar");
        _rest.Stage.Advance(120);
    }

    private long Now => _rest.Stage.World.Now.ToUnixTimeMilliseconds();

    private IReadOnlyList<SampledSeries> Read(string name, long from, long to, int seconds = 1) =>
        _journal.Read(new SeriesQuery([new(LabelSet.NameLabel, n => n == name)], from, to), ScrapePlan.Every(TimeSpan.FromSeconds(seconds)));

    private static bool IsMonotone(IEnumerable<double> values) => values.Zip(values.Skip(1)).All(p => p.Second >= p.First);

    [Fact]
    public async Task PresentValues_AreThoseOfRest()
    {
        var vertices = (await _rest.GetAsync($"/jobs/{FlinkStage.Job}"))["vertices"]!.AsArray();
        foreach (var id in vertices.Select(v => (string)v!["id"]!))
        {
            foreach (var (metric, name) in new[] { ("numRecordsOut", "numRecordsOut"), ("busyTimeMsPerSecond", "busyTimeMsPerSecond"), ("buffers.inPoolUsage", "buffers_inPoolUsage") })
            {
                var rest = await _rest.GetAsync($"/jobs/{FlinkStage.Job}/vertices/{id}/subtasks/metrics?get={metric}&agg=sum");
                var series = _journal.Present().Groups.SelectMany(g => g.Table.Series.Select((_, row) => (Labels: g.LabelsOf(row), Value: g.Value(row, _rest.Stage.World.Now))))
                    .Where(s => s.Labels[LabelSet.NameLabel] == "flink_taskmanager_job_task_" + name && s.Labels["task_id"] == id).ToList();
                Assert.Equal(2, series.Count);
                Assert.Equal((double)rest[0]!["sum"]!, series.Sum(s => s.Value), 0.001);
            }
        }
    }

    [Fact]
    public void Counters_NeverShrink_AndASpanIsTheSameTwice()
    {
        var (from, to) = (Now - 90_000, Now - 10_000);
        var before = Read("flink_taskmanager_job_task_numRecordsOut", from, to);
        Assert.Equal(4, before.Count);
        Assert.All(before, s => Assert.True(IsMonotone(s.Values)));
        Assert.Contains(before, s => s.Values[^1] > s.Values[0] && s.Values.Count == 81);
        _rest.Stage.Advance(300);
        var after = Read("flink_taskmanager_job_task_numRecordsOut", from, to);
        Assert.Equal(before.Select(s => (s.Labels, string.Join(' ', s.Values))), after.Select(s => (s.Labels, string.Join(' ', s.Values))));
    }

    [Fact]
    public void Checkpoints_AreCountedAtTheirTime()
    {
        var series = Assert.Single(Read("flink_jobmanager_job_numberOfCompletedCheckpoints", Now - 100_000, Now));
        Assert.True(IsMonotone(series.Values));
        // The program takes one every two seconds.
        Assert.InRange(series.Values[^1] - series.Values[^61], 29, 31);
        Assert.Equal(_rest.Stage.Cluster().Job(FlinkStage.Job)!.Checkpoints!.Completed, series.Values[^1]);
    }

    [Fact]
    public void SeriesOfALostTaskManager_EndWithAMarker_AndItsTasksBeginAgainUnderAnotherAttempt()
    {
        var start = Now;
        var lost = _rest.Stage.Pods("taskmanager")[0];
        _rest.Stage.Delete(lost);
        _rest.Stage.Advance(200);
        var ended = Read("up", start - 10_000, Now).Where(s => s.Labels["pod"] == lost).ToList();
        Assert.True(SampledSeries.IsStale(Assert.Single(ended).Values[^1]));
        var tasks = Read("flink_taskmanager_job_task_numRecordsOut", start - 10_000, Now);
        Assert.Equal(["0", "1"], tasks.Select(s => s.Labels["task_attempt_num"]).Distinct().Order());
        Assert.All(tasks.Where(s => s.Labels["task_attempt_num"] == "0"), s => Assert.True(SampledSeries.IsStale(s.Values[^1])));
        Assert.Equal(1, Read("flink_jobmanager_job_numRestarts", start, Now).Max(s => s.Values[^1]));
    }

    [Fact]
    public async Task Pod_ShowsItsMetrics_OnTheReportersPort()
    {
        Exposition.Register(_rest.Stage.World);
        var pod = _rest.Stage.World.Objects.Get(FlinkDashboard.Sandbox.World.ResourceTypes.Pods, FlinkStage.Namespace, _rest.Stage.Pods("taskmanager")[0]);
        var answer = await _rest.Stage.World.Servers.AskAsync(new(pod, 9249, "GET", "/metrics", "", default), CancellationToken.None);
        var lines = System.Text.Encoding.UTF8.GetString(answer!.Body.Span).Split('\n');
        Assert.Contains("# TYPE flink_taskmanager_Status_JVM_Memory_Heap_Used gauge", lines);
        var heap = Assert.Single(lines, l => l.StartsWith("flink_taskmanager_Status_JVM_Memory_Heap_Used{", StringComparison.Ordinal));
        Assert.Contains($"tm_id=\"{pod.Name.Replace('-', '_')}\"", heap, StringComparison.Ordinal);
        Assert.True(double.Parse(heap[(heap.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) > 1e6);
        Assert.Contains(lines, l => l.StartsWith("flink_taskmanager_job_task_operator_numRecordsIn{", StringComparison.Ordinal) && l.Contains("operator_name=\"", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Length > 0 && l[0] != '#' && !l.StartsWith("flink_taskmanager_", StringComparison.Ordinal));
    }
}
