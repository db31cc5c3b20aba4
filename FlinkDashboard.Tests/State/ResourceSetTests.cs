using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;

namespace FlinkDashboard.Tests.State;

public class ResourceSetTests
{
    private static ResourceSet<Pod> Two => ResourceSet<Pod>.Empty(Pod.Info).With(Of("a", "one", "u1")).With(Of("b", "two", "u2"));

    [Fact]
    public void Objects_AreFound_ByNameUidAndNamespace()
    {
        Assert.Equal("u1", Two.Find("a", "one")!.Metadata.Uid);
        Assert.Equal("two", Two.FindByUid("u2")!.Metadata.Name);
        Assert.Equal(["one"], Two.In("a").Select(p => p.Metadata.Name));
        Assert.Null(Two.Find("b", "one"));
        Assert.Equal(2, Two.Count);
    }

    [Fact]
    public void Change_LeavesTheOldSetAsItWas()
    {
        var before = Two;
        var after = before.With(Of("a", "one", "u1", "2")).Without(Of("b", "two", "u2"));
        Assert.Equal(("1", 2), (before.Find("a", "one")!.Metadata.ResourceVersion, before.All.Count));
        Assert.Equal(("2", 1), (after.Find("a", "one")!.Metadata.ResourceVersion, after.All.Count));
        Assert.Equal(["a"], after.Namespaces);
    }

    [Fact]
    public void SameName_WithAnotherUid_ReplacesTheOld()
    {
        var set = Two.With(Of("a", "one", "u9"));
        Assert.Null(set.FindByUid("u1"));
        Assert.Equal(2, set.Count);
    }

    [Fact]
    public void LateDeletion_OfTheFormerUid_LeavesTheNewObject() => Assert.Equal("u1", Two.Without(Of("a", "one", "u0")).Find("a", "one")!.Metadata.Uid);

    [Fact]
    public void Replacing_OneNamespace_KeepsTheOthers()
    {
        var set = Two.Replaced("a", [Of("a", "new", "u3")]);
        Assert.Equal(["new", "two"], set.All.Select(p => p.Metadata.Name).Order());
        Assert.Null(set.FindByUid("u1"));
        Assert.Equal(["new"], Two.Replaced(null, [Of("a", "new", "u3")]).All.Select(p => p.Metadata.Name));
    }

    [Fact]
    public void ObjectsWithoutUid_AreHeldByName() => Assert.Equal(2, ResourceSet<Pod>.Empty(Pod.Info).With(Of("a", "one", "")).With(Of("a", "two", "")).Count);

    private static Pod Of(string ns, string name, string uid, string version = "1") =>
        new() { Metadata = new() { Namespace = ns, Name = name, Uid = uid, ResourceVersion = version } };
}
