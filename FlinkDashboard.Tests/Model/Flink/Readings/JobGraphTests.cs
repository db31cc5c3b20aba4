using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Flink.Readings;

namespace FlinkDashboard.Tests.Model.Flink.Readings;

/// <summary>A job's graph with its figures: groups, worst members, what holds it back.</summary>
public class JobGraphTests
{
    [Fact]
    public void SmallJob_IsDrawnVertexByVertex()
    {
        var graph = JobGraph.Of(Line(300), null, null, []);
        Assert.Equal(300, graph.Boxes.Count);
        Assert.False(graph.IsGrouped);
        Assert.Equal(299, graph.Links.Count);
        Assert.All(graph.Links, l => Assert.Equal("HASH", l.Label));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(5000)]
    public void LargeJob_IsDrawnInGroups_WithinTheLimit_WhateverIsOpened(int vertices)
    {
        var job = Line(vertices);
        var graph = JobGraph.Of(job, null, null, []);
        Assert.InRange(graph.Boxes.Count, 2, 60);
        Assert.Equal(vertices, graph.Boxes.Sum(b => b.Members.Count));
        var all = graph.Boxes.Where(b => b.IsGroup).Select(b => b.Key).ToList();
        var opened = JobGraph.Of(job, null, null, all);
        Assert.InRange(opened.Boxes.Count, graph.Boxes.Count, VertexGroups.Most);
        Assert.Equal(vertices, opened.Boxes.Sum(b => b.Members.Count));
    }

    [Fact]
    public void OpenedGroup_ShowsItsVertices_TheLastOpenedWins()
    {
        var job = Line(400);
        var graph = JobGraph.Of(job, null, null, ["g3"]);
        Assert.Equal(10, graph.Boxes.Count(b => b.OpenedFrom == "g3"));
        Assert.DoesNotContain(graph.Boxes, b => b.Key == "g3");
        Assert.Equal(graph.Boxes.Count - 1, graph.Links.Count);
        var many = JobGraph.Of(Line(4000), null, null, ["g1", "g2", "g3", "g4"]);
        Assert.Contains(many.Boxes, b => b.OpenedFrom == "g4");
        Assert.DoesNotContain(many.Boxes, b => b.OpenedFrom == "g1");
        Assert.Single(JobGraph.Of(job, null, null, ["g3", "nonsense", "g999"]).Boxes.Where(b => b.OpenedFrom is not null).Select(b => b.OpenedFrom).Distinct());
    }

    [Fact]
    public void Group_ShowsItsWorstMember()
    {
        var job = Line(400);
        var slow = job.Job.Vertices[35];
        var rates = new Dictionary<string, VertexRates> { [slow.Id] = new(0.97, 0.01, 0.02, 5, 5, 1, 1), [job.Job.Vertices[36].Id] = new(0.1, 0, 0.9, 5, 5, 1, 1) };
        var graph = JobGraph.Of(job with { Rates = rates }, null, null, []);
        var box = graph.Boxes.Single(b => b.Members.Any(m => m.Id == slow.Id));
        Assert.Equal(slow.Id, box.Busiest.Id);
        Assert.Equal(0.97, box.Busiest.WorstBusy);
    }

    [Fact]
    public void Bottleneck_IsTheOneThatOthersWaitFor()
    {
        var job = Line(4);
        var v = job.Job.Vertices;
        var rates = new Dictionary<string, VertexRates> { [v[0].Id] = Rate(0.02, 0.3), [v[1].Id] = Rate(0.04, 0.95), [v[2].Id] = Rate(1, 0), [v[3].Id] = Rate(0.1, 0) };
        var found = JobGraph.Of(job with { Rates = rates }, null, null, []).Bottleneck!;
        Assert.Equal(v[2].Id, found.Vertex.Id);
        Assert.Equal([v[1].Id, v[0].Id], found.Waiting.Select(w => w.Id));
    }

    [Fact]
    public void Bottleneck_IsNobody_WhenNobodyWaits()
    {
        var job = Line(3);
        Assert.Null(JobGraph.Of(job, null, null, []).Bottleneck);
        var rates = job.Job.Vertices.ToDictionary(v => v.Id, _ => Rate(0.99, 0.05));
        Assert.Null(JobGraph.Of(job with { Rates = rates }, null, null, []).Bottleneck);
    }

    [Fact]
    public void WorstSubtask_CountsMore_ThanTheMean()
    {
        var job = Line(2);
        var id = job.Job.Vertices[0].Id;
        var load = new VertexLoad(DateTimeOffset.UnixEpoch, 0.9, 0.2, 0.7, 0.1, 10, 20, 42);
        var graph = JobGraph.Of(job, VertexLoads.None.With(id, load, DateTimeOffset.UnixEpoch), VertexWatermarks.None.With(id, [new(0, 500), new(1, 300)], DateTimeOffset.UnixEpoch), []);
        var figures = graph.Vertices[0];
        Assert.Equal((0.9, 0.7, 42), (figures.WorstBusy, figures.WorstPressed, figures.Skew));
        Assert.Equal(300, figures.Watermark!.Milliseconds);
        Assert.Equal(job.Job.Vertices[1].Id, graph.Bottleneck!.Vertex.Id);
    }

    [Fact]
    public void Numbers_ThatFlinkDoesNotKnowYet_AreNotZero()
    {
        var vertex = new JobVertex { Id = "v", Name = "a -> b -> c", Metrics = new() { ReadRecords = 5, ReadRecordsComplete = false, WriteRecords = 7, WriteRecordsComplete = true } };
        var figures = VertexFigures.Of(vertex, null, null, null);
        Assert.Null(figures.RecordsIn);
        Assert.Equal(7, figures.RecordsOut);
        Assert.Equal(("a", "b → c"), (figures.Title, figures.Rest));
        Assert.True(double.IsNaN(figures.Busy) && double.IsNaN(figures.Skew));
    }

    [Theory]
    [InlineData(new double[] { 10, 10, 10 }, 0)]
    [InlineData(new double[] { 0, 20 }, 100)]
    [InlineData(new double[] { 5, 15 }, 50)]
    [InlineData(new double[] { 0, 0, 0, 100 }, 100)]
    public void Skew_IsFlinksOwn(double[] numbers, double expected) => Assert.Equal(expected, SkewOf.Numbers(numbers), 6);

    [Fact]
    public void Skew_OfNothing_IsNotKnown() => Assert.True(double.IsNaN(SkewOf.Numbers([])) && double.IsNaN(SkewOf.Numbers([0, 0])));

    private static VertexRates Rate(double busy, double pressed) => new(busy, pressed, 1 - busy - pressed, 1, 1, 1, 1);

    private static JobObservation Line(int count)
    {
        static string Id(int i) => i.ToString("x32");
        var job = new JobDetails
        {
            Jid = Id(1 << 20),
            Vertices = [.. Enumerable.Range(0, count).Select(i => new JobVertex { Id = Id(i), Name = $"step-{i}", Parallelism = 4, Status = TaskState.Running })],
            Plan = new() { Nodes = [.. Enumerable.Range(0, count).Select(i => new PlanNode { Id = Id(i), Inputs = i == 0 ? [] : [new PlanInput { Id = Id(i - 1), ShipStrategy = "HASH" }] })] },
        };
        return JobObservation.Of(job, null);
    }
}
