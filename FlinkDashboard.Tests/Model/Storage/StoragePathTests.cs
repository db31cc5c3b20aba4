using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Tests.Model.Storage;

/// <summary>Nothing outside the configured locations is ever read.</summary>
public class StoragePathTests
{
    /// <summary>Addresses that must not lead anywhere with the locations of <see cref="Locations"/>.</summary>
    public static readonly string[] Bad =
    [
        "s3://bucket/jobs-old/a.jar", "s3://bucket/jobs", "s3://bucket/job", "s3://bucket/", "s3://bucket", "s3://bucket/Jobs/a.jar", "s3://bucket2/jobs/a.jar", "s3://BUCKET/jobs/a.jar",
        "s3://bucket/jobs/../secret", "s3://bucket/jobs/..", "s3://bucket/jobs/./a", "s3://bucket/jobs/a/../../secret", "s3://bucket/../bucket/jobs/a", "s3://bucket/jobs//a", "s3://bucket//jobs/a",
        "s3://bucket/jobs/%2e%2e/secret", "s3://bucket/jobs/%2E%2e/secret", "s3://bucket/jobs/..%2fsecret", "s3://bucket/jobs%2fa.jar", "s3://bucket/jobs/%252e%252e/secret", "s3://bucket/jobs/a%00.jar", "s3://bucket/jobs/..%5csecret",
        "s3://bucket/jobs/..\\secret", "s3://bucket/jobs\\a.jar", "s3://bucket/jobs/a\n.jar", "s3://bucket/jobs/a\0.jar", "s3://bucket/jobs/\u2028", "s3://bucket/jobs/\ud800",
        "file:///etc/passwd", "http://bucket/jobs/a.jar", "https://bucket.s3.amazonaws.com/jobs/a.jar", "s3:/bucket/jobs/a.jar", "s3:bucket/jobs/a.jar", "//bucket/jobs/a.jar", "bucket/jobs/a.jar", "/jobs/a.jar", "",
        "s3://bucket:9000/jobs/a.jar", "s3://user@bucket/jobs/a.jar", "s3://bucket?x=/jobs/a.jar", "s3://bucket#/jobs/a.jar", "s3://../jobs/a.jar", "s3://b..t/jobs/a.jar", "s3:///jobs/a.jar", "s3://b/jobs/a.jar", "gs://bucket/jobs/a.jar", " s3://bucket/jobs/a.jar"
    ];

    private static readonly StorageLocations Locations = StorageLocations.Of(["s3://bucket/jobs", "team-a=s3://bucket/teams/a/", "nonsense"], null);

    public static TheoryData<string> BadOnes => [.. Bad];

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void BadAddress_StandsInNoLocation(string text) => Assert.True(StorageAddress.Of(text) is not { } place || Locations.Covering(place).Count == 0, text);

    [Fact]
    public void BadAddresses_AreMany() => Assert.True(Bad.Length >= 30);

    [Theory]
    [InlineData("s3://bucket/jobs/", null)]
    [InlineData("s3a://bucket/jobs/a.jar", null)]
    [InlineData("S3P://bucket/jobs/x/..a../b%20c", null)]
    [InlineData("s3://bucket/teams/a/b", "team-a")]
    [InlineData("s3://bucket/jobs/😀 日本/…", null)]
    public void GoodAddress_StandsInItsLocation(string text, string? ns) => Assert.Equal(ns, Assert.Single(Locations.Covering(StorageAddress.Of(text)!.Value)).Namespace);

    [Fact]
    public void Key_OfMoreThan1024Bytes_IsRefused()
    {
        Assert.Null(StoragePath.Refusal(new string('a', 1_024)));
        Assert.NotNull(StoragePath.Refusal(new string('ä', 513)));
    }

    [Fact]
    public void Jars_StandInTheFirstLocation_OrWhereTheSettingsSay()
    {
        Assert.Equal("s3://bucket/jobs/jobs/", Locations.Jars.ToString());
        Assert.Equal("s3://bucket/teams/a/jars/", StorageLocations.Of(["s3://bucket/teams"], "s3://bucket/teams/a/jars").Jars.ToString());
        Assert.Null(StorageLocations.Of(["s3://bucket/teams"], "s3://elsewhere/jars").Jars);
        Assert.Null(StorageLocations.Of([], null).Jars);
    }

    [Fact]
    public void Outermost_HoldsEverythingOnce()
    {
        var all = StorageLocations.Of(["a=s3://bucket/x/y", "s3://bucket/x", "s3://bucket/x/", "s3://bucket/xy"], null);
        Assert.Equal(["s3://bucket/x/", "s3://bucket/xy/"], all.Outermost.Select(l => l.ToString()));
    }

    [Fact]
    public void Address_KnowsItsFolderAndName()
    {
        var place = StorageAddress.Of("s3://bucket/a/b/c.jar")!.Value;
        Assert.Equal(("c.jar", "a/b/", "a/", "", null), (place.Name, place.Parent!.Value.Key, place.Parent!.Value.Parent!.Value.Key, place.Parent!.Value.Parent!.Value.Parent!.Value.Key, place.Parent!.Value.Parent!.Value.Parent!.Value.Parent));
        Assert.Equal(("b", "bucket"), (place.Parent.Value.Name, new StorageAddress("bucket", "").Name));
        Assert.Equal("s3://logs-bucket/logs/", StorageAddress.FolderOf("logs-bucket/logs", schemeless: true).ToString());
        Assert.Null(StorageAddress.FolderOf("file:///flink-data"));
        Assert.Null(StorageAddress.FolderOf("/var/log", schemeless: true));
    }
}
