using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Tests.Model.Logs;

/// <summary>Names of streams.</summary>
public class StreamNameTests
{
    [Theory]
    [InlineData("job-a-6d4c8b7f9b-x2x4z", "job-a", true)]
    [InlineData("job-a-taskmanager-1-12", "job-a", true)]
    [InlineData("job-a-taskmanager-6d4c8b7f9b-x2x4z", "job-a", true)]
    [InlineData("job-a-b-6d4c8b7f9b-x2x4z", "job-a", false)]
    [InlineData("job-a-b-taskmanager-1-1", "job-a", false)]
    [InlineData("job-ab-taskmanager-1-1", "job-a", false)]
    [InlineData("job-a", "job-a", false)]
    [InlineData("job-a-taskmanager", "job-a", false)]
    public void Pod_BelongsToItsOwnDeploymentOnly(string pod, string deployment, bool belongs) => Assert.Equal(belongs, StreamName.BelongsTo(pod, deployment));

    [Theory]
    [InlineData("prefix/job-a-taskmanager-1-1/STDOUT", "job-a-taskmanager-1-1")]
    [InlineData("/job-a-taskmanager-1-1/STDERR", "job-a-taskmanager-1-1")]
    [InlineData("a/b/c/pod/stdout", "pod")]
    [InlineData("STDOUT", null)]
    [InlineData("i-0123/system", null)]
    public void Stream_NamesItsPod(string stream, string? pod) => Assert.Equal(pod, StreamName.PodOf(stream));

    [Theory]
    [InlineData("prefix/job-a-taskmanager-1-1/STDOUT", "STDOUT")]
    [InlineData("a/pod/stderr", "STDERR")]
    [InlineData("i-0123/system", null)]
    public void Stream_NamesItsOutput(string stream, string? output) => Assert.Equal(output, StreamName.OutputOf(stream));

    [Fact]
    public void Prefixes_CoverBothForms()
    {
        Assert.Equal(["logs/job-a-"], StreamName.PrefixesOf("logs/", "job-a"));
        Assert.Equal(["/job-a-", "job-a-"], StreamName.PrefixesOf("", "job-a"));
    }
}
