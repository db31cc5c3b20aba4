using System.Buffers;
using System.Text;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Tests.Gateways.Kubernetes;

public class WatchLineTests
{
    [Theory]
    [InlineData("ADDED", WatchEventType.Added)]
    [InlineData("MODIFIED", WatchEventType.Modified)]
    [InlineData("DELETED", WatchEventType.Deleted)]
    public void Object_IsRead_WithItsVersion(string type, WatchEventType expected)
    {
        var read = Read($$$"""{"type":"{{{type}}}","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"7"} } }""");
        Assert.Equal((expected, "a", "7"), (read.Type, read.Object!.Metadata.Name, read.ResourceVersion));
    }

    [Fact]
    public void ObjectBeforeType_IsRead() =>
        Assert.Equal("a", Read("""{"object":{"metadata":{"name":"a"}},"type":"ADDED"}""").Object!.Metadata.Name);

    [Fact]
    public void Line_InManyPieces_IsRead()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"type":"ADDED","object":{"metadata":{"name":"grün","resourceVersion":"7"}}}""");
        Piece? first = null, last = null;
        foreach (var b in bytes)
            last = last is null ? first = new Piece([b], 0) : last.Append([b]);
        var read = WatchLine.Read(new ReadOnlySequence<byte>(first!, 0, last!, 1), Pod.Info.Item);
        Assert.Equal("grün", read.Object!.Metadata.Name);
    }

    [Fact]
    public void Bookmark_CarriesOnlyItsVersion()
    {
        var read = Read("""{"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9"}}}""");
        Assert.Equal((WatchEventType.Bookmark, null, "9"), (read.Type, read.Object, read.ResourceVersion));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":""")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"EXPLODED","object":{}}""")]
    [InlineData("""{"type":"ADDED","object":{"spec":"text"}}""")]
    [InlineData("[]")]
    [InlineData("""{"type":"ADDED","object":null}""")]
    public void BadLine_IsReported_NotThrown(string line)
    {
        var read = Read(line);
        Assert.Equal(WatchEventType.Unreadable, read.Type);
        Assert.NotEmpty(read.Problem!);
    }

    [Fact]
    public void Error_ThrowsItsStatus()
    {
        var error = Assert.Throws<KubernetesApiException>(() => Read("""{"type":"ERROR","object":{"kind":"Status","status":"Failure","code":410,"reason":"Expired","message":"too old resource version: 1 (5)"}}"""));
        Assert.True(error.IsExpired);
        Assert.Equal("too old resource version: 1 (5)", error.Message);
    }

    private static WatchEvent<Pod> Read(string line) => WatchLine.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)), Pod.Info.Item);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long index) => (Memory, RunningIndex) = (bytes, index);

        public Piece Append(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
