using FlinkDashboard.Features;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Operations.Revisions;

namespace FlinkDashboard.Tests.Features;

public class RevisionRowTests
{
    private static readonly Revision[] Three = [One(3, current: true), One(2), One(1)];

    private static readonly Dictionary<string, Manifest> Texts = new()
    {
        ["r1"] = Manifest.Parse("spec:\n  image: flink:1.20\n  job:\n    parallelism: 2\n"),
        ["r2"] = Manifest.Parse("spec:\n  image: flink:1.20\n  job:\n    parallelism: 4\n"),
        ["r3"] = Manifest.Parse("spec:\n  image: flink:9\n  job:\n    parallelism: 4\n"),
    };

    [Fact]
    public void Rows_SayWhatChangedSinceTheOneBefore_AndWhichRuns()
    {
        var rows = RevisionRow.From(Three, Texts, stable: """{"spec":{"image":"flink:1.20","job":{"parallelism":4,"state":"running"}}}""", deployed: """{"spec":{"image":"flink:9","job":{"parallelism":4}}}""");
        Assert.Equal(["image flink:1.20 → flink:9", "job.parallelism 2 → 4", "the first version kept"], rows.Select(row => row.Changed));
        Assert.Equal([false, true, false], rows.Select(row => row.IsStable));
        Assert.Equal([true, false, false], rows.Select(row => row.IsDeployed));
    }

    [Fact]
    public void Texts_NotReadYet_LeaveTheChangeOpen()
    {
        var rows = RevisionRow.From(Three, new Dictionary<string, Manifest> { ["r3"] = Texts["r3"] }, null, null);
        Assert.Equal([null, null, "the first version kept"], rows.Select(row => row.Changed));
        Assert.DoesNotContain(rows, row => row.IsStable || row.IsDeployed);
    }

    private static Revision One(long number, bool current = false) => new($"r{number}", number, null, "ann", null, current);
}
