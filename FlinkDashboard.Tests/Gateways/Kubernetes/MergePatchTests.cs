using FlinkDashboard.Gateways.Kubernetes;

namespace FlinkDashboard.Tests.Gateways.Kubernetes;

public class MergePatchTests
{
    [Fact]
    public void Fields_ShareTheirParents() =>
        Assert.Equal("""{"spec":{"job":{"state":"suspended","upgradeMode":"savepoint"}}}""", MergePatch.Set("spec.job.state", "suspended").And("spec.job.upgradeMode", "savepoint").ToString());

    [Fact]
    public void Null_DeletesAField() => Assert.Equal("""{"a":{"b":null}}""", MergePatch.Set("a.b", "x").And("a.b", null).ToString());

    [Fact]
    public void OnlyIf_LeavesTheFirstPatchAlone()
    {
        var patch = MergePatch.Set("spec.job.state", "running");
        Assert.Contains("\"resourceVersion\":\"5\"", patch.OnlyIf("5").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("resourceVersion", patch.ToString(), StringComparison.Ordinal);
    }
}
