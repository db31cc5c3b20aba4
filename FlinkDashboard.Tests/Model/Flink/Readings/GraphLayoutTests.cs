using FlinkDashboard.Model.Flink.Readings;

namespace FlinkDashboard.Tests.Model.Flink.Readings;

/// <summary>Graphs in layers.</summary>
public class GraphLayoutTests
{
    private static readonly GraphSizes Sizes = new(200, 100, 80, 20);

    [Fact]
    public void Line_StandsInOneRow_LayerByLayer()
    {
        var layout = Of("a b c", "a>b b>c");
        Assert.Equal([0, 1, 2], layout.Boxes.Select(b => b.Layer));
        Assert.Single(layout.Boxes.Select(b => b.Y).Distinct());
        Assert.Equal([0, 280, 560], layout.Boxes.Select(b => b.X));
        Assert.Equal((760, 100), (layout.Width, layout.Height));
    }

    [Fact]
    public void Join_StandsBehindItsLastPredecessor_AndTheShortWayIsBent()
    {
        var layout = Of("a b c d", "a>b b>c c>d a>d");
        Assert.Equal(3, Box(layout, "d").Layer);
        var far = layout.Links.Single(l => l.Link is { From: "a", To: "d" });
        Assert.Equal(6, far.Points.Count);
        var bend = far.Points[1].Y;
        Assert.True(Math.Abs(bend - 50 - Box(layout, "b").Y) >= 60, "the bent arrow passes beside the boxes of the layers it crosses");
        Assert.True(layout.Width == 3 * 280 + 200);
    }

    [Fact]
    public void Crossings_AreRemoved_WhereTheyCanBe()
    {
        // Drawn in the order of their names, each arrow would cross the others.
        var layout = Of("a b c x y z", "a>z b>y c>x");
        Assert.Equal(0, layout.Crossings);
        Assert.Equal(Box(layout, "a").Y, Box(layout, "z").Y);
        Assert.Equal(Box(layout, "c").Y, Box(layout, "x").Y);
    }

    [Fact]
    public void CrossingsThatMustBe_AreCounted() => Assert.Equal(1, Of("a b x y", "a>x a>y b>x b>y").Crossings);

    [Fact]
    public void Boxes_NeverOverlap_AndArrowsGoForward()
    {
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var count = random.Next(2, 60);
            var keys = Enumerable.Range(0, count).Select(i => $"v{i}").ToList();
            var links = Enumerable.Range(1, count - 1).SelectMany(i => Enumerable.Range(0, random.Next(1, 4)).Select(_ => new GraphLink($"v{random.Next(i)}", $"v{i}", ""))).Distinct().ToList();
            var layout = GraphLayout.Of(keys, links, Sizes);
            Assert.Equal(count, layout.Boxes.Count);
            Assert.All(layout.Links, l => Assert.True(Box(layout, l.Link.From).Layer < Box(layout, l.Link.To).Layer));
            foreach (var layer in layout.Boxes.GroupBy(b => b.Layer))
                foreach (var (one, next) in layer.OrderBy(b => b.Y).Zip(layer.OrderBy(b => b.Y).Skip(1)))
                    Assert.True(next.Y - one.Y >= 100, $"{one} and {next} overlap");
            Assert.All(layout.Boxes, b => Assert.InRange(b.Y, 0, layout.Height - 100));
        }
    }

    [Fact]
    public void SameGraph_IsDrawnTheSameWay() => Assert.Equal(Of("a b c d e", "a>c b>c b>d c>e d>e").Boxes, Of("a b c d e", "a>c b>c b>d c>e d>e").Boxes);

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("a", "a>a")]
    [InlineData("a b", "a>b b>a")]
    [InlineData("a b", "a>nowhere elsewhere>b")]
    [InlineData("a b c", "a>b b>c c>a")]
    public void OddGraphs_AreDrawnAllTheSame(string keys, string links)
    {
        var layout = Of(keys, links);
        Assert.Equal(keys.Length == 0 ? 0 : keys.Split(' ').Length, layout.Boxes.Count);
        Assert.All(layout.Links, l => Assert.True(l.Points.Count >= 2));
    }

    private static PlacedBox Box(GraphLayout layout, string key) => layout.Boxes.Single(b => b.Key == key);

    private static GraphLayout Of(string keys, string links) => GraphLayout.Of(keys.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        [.. links.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => new GraphLink(l.Split('>')[0], l.Split('>')[1], "HASH"))], Sizes);
}
