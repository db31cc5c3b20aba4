using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

public sealed class KnownJobsTests
{
    [Theory]
    [InlineData("numbers", "ca88eee0095684d687a1b6495617f957")]
    [InlineData("format", "a4f48a6b1f4ef02cc0c5d8314de1f374")]
    [InlineData("slow-writer", "f9378fd96df737f5402404531fbe0760")]
    [InlineData("step-30", "10d4d77d755d8c873c30ae45129f9a1b")]
    public void OperatorId_OfUid_IsWhatFlinkDerives(string uid, string id) => Assert.Equal(id, OperatorId.Of(uid));

    [Theory]
    [InlineData("local:///opt/flink/examples/streaming/StateMachineExample.jar", "flink:1.20", true)]
    [InlineData("local:///opt/flink/jobs/not-there.jar", "flink:1.20", false)]
    [InlineData("local:///opt/flink/jobs/failing.jar", "flink:1.20", true)]
    [InlineData("file:/opt/flink/usrlib/steady.jar", "flink:1.20", true)]
    [InlineData("local:///opt/flink/usrlib/mine.jar", "registry.example/team-a/orders:1.4", true)]
    [InlineData("s3://bucket/jars/mine.jar", "flink:1.20", true)]
    public void Jar_ByPathAndImage_ExistsOrNot(string uri, string image, bool exists) => Assert.Equal(exists, KnownJobs.Exists(uri, image));

    [Fact]
    public void Failing_WithFailForever_FailsWhileItOpens()
    {
        var job = KnownJobs.Of("local:///opt/flink/jobs/failing.jar", ["--every", "15", "--fail-forever"]);
        Assert.Equal("failing", job.JobName);
        Assert.Equal(TimeSpan.Zero, job.FailsAfter);
        Assert.Equal("java.lang.IllegalStateException: Planned failure while opening", job.Failure!.ToString());
    }

    [Fact]
    public void ManyVertices_AsTree_HasTheRecordedShape()
    {
        var job = KnownJobs.Of("manyvertices.jar", ["--vertices", "60", "--shape", "tree"]);
        Assert.Equal("manyvertices-60", job.JobName);
        Assert.Equal(60, job.Vertices.Count);
        Assert.Equal(14, job.Vertices[30].Inputs[0].From);
        Assert.Equal(58, job.Vertices[59].Inputs[0].From);
    }
}
