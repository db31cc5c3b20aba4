using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>The objects that the world itself keeps in S3: state of Flink jobs, job jars, archived logs, and the folder markers that Terraform makes.</summary>
internal sealed class WorldObjects(SandboxWorld world)
{
    private const int PartSize = 8 << 20;
    private const string Metadata = "_metadata";
    private static readonly string[] Markers = ["checkpoints/", "jobmanager/", "logs/", "savepoints/"];
    private static readonly string[] Absent = ["missing", "does-not-exist", "no-such"];
    private readonly DateTimeOffset _start = world.Now;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Stream, string Uri), (long Written, byte[] Zip)> _logs = [];

    /// <summary>Everything, with the bucket it is in.</summary>
    public IEnumerable<(string Bucket, StoredObject Object)> All() =>
        Markers.Select(m => (AwsAccount.Bucket, Small(m, [], _start))).Concat(States()).Concat(Jars()).Concat(Logs());

    /// <summary>An object is gone: with its metadata Flink has lost the state.</summary>
    public void Lose(string bucket, string key)
    {
        foreach (var state in world.Flink.Storage.All.Where(s => Split(s.Path) is { } place && place.Bucket == bucket && $"{place.Key}/{Metadata}" == key))
            world.Flink.Storage.Remove("", state.Path);
    }

    private IEnumerable<(string Bucket, StoredObject Object)> States()
    {
        foreach (var state in world.Flink.Storage.All)
        {
            if (Split(state.Path) is not { } place)
                continue;
            // A metadata file begins with Flink's magic number and the version of its layout.
            byte[] head = [0x49, 0x60, 0x67, 0x2d, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, (byte)state.CheckpointId];
            var metadata = Math.Clamp(state.Size / 20, 1_024, 65_536);
            yield return (place.Bucket, Generated($"{place.Key}/{Metadata}", metadata, head, state.WrittenAt));
            if (state.Size > metadata)
                yield return (place.Bucket, Generated($"{place.Key}/{FileName(state.Path)}", state.Size - metadata, [], state.WrittenAt));
        }
    }

    private IEnumerable<(string Bucket, StoredObject Object)> Jars()
    {
        var seen = new HashSet<(string, string)>();
        foreach (var application in world.Objects.List(ResourceTypes.FlinkDeployments).Items.Concat(world.Objects.List(ResourceTypes.FlinkSessionJobs).Items))
        {
            var node = application.Read();
            if (node.Text("spec", "job", "jarURI") is not { } uri || !uri.EndsWith(".jar", StringComparison.Ordinal) || Absent.Any(a => uri.Contains(a, StringComparison.Ordinal)))
                continue;
            var created = Time(node);
            (string Bucket, string Key)[] places = [(AwsAccount.Bucket, "jobs/" + uri[(uri.LastIndexOf('/') + 1)..]), .. Split(uri) is { } own ? [own] : Array.Empty<(string, string)>()];
            foreach (var place in places.Where(seen.Add))
                yield return (place.Bucket, Small(place.Key, Jar(place.Key), created) with { ContentType = "application/java-archive" });
        }
    }

    private IEnumerable<(string Bucket, StoredObject Object)> Logs()
    {
        foreach (var stream in world.ShippedLogs.All)
        {
            if (stream.Destination.LogUri is { } uri && Split(uri.Contains("://", StringComparison.Ordinal) ? uri : "s3://" + uri) is { } place)
                yield return (place.Bucket, Small($"{place.Key}/{stream.Destination.Pod}/{stream.Output}.gz", Zipped(uri, stream), stream.Newest!.Time) with { ContentType = "application/gzip" });
        }
    }

    private byte[] Zipped(string uri, ShippedStream stream)
    {
        lock (_lock)
        {
            var written = stream.Written;
            if (_logs.TryGetValue((stream.Name, uri), out var known) && known.Written == written)
                return known.Zip;
            using var memory = new MemoryStream();
            using (var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            using (var writer = new StreamWriter(zip, new UTF8Encoding(false)) { NewLine = "\n" })
            {
                foreach (var line in stream.Lines)
                    writer.WriteLine(line.Text);
            }
            _logs[(stream.Name, uri)] = (written, memory.ToArray());
            return _logs[(stream.Name, uri)].Zip;
        }
    }

    private static StoredObject Small(string key, byte[] content, DateTimeOffset at) =>
        new(key, content.Length, Convert.ToHexStringLower(MD5.HashData(content)), at, () => new MemoryStream(content, writable: false));

    private static StoredObject Generated(string key, long size, byte[] head, DateTimeOffset at)
    {
        // State files may be of any size, so the tag is that of an upload in parts, which nobody can compute from the content alone.
        var parts = Math.Max(1, (size + PartSize - 1) / PartSize);
        return new(key, size, $"{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{key}:{size}")))}-{parts}", at, () => new GeneratedContent(key, size, head));
    }

    private byte[] Jar(string key)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nCreated-By: 17\r\n\r\n"u8.ToArray());
            var code = new byte[20_000];
            new GeneratedContent(key, code.Length, [0xca, 0xfe, 0xba, 0xbe]).ReadExactly(code);
            Entry(zip, "job/Main.class", code);
        }
        return memory.ToArray();
    }

    private void Entry(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = _start;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private DateTimeOffset Time(JsonObject node) =>
        DateTimeOffset.TryParse(node.Text("metadata", "creationTimestamp"), System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : _start;

    private static string FileName(string path) => new Guid(MD5.HashData(Encoding.UTF8.GetBytes(path))).ToString();

    // s3, s3a and s3p are the schemes of Flink's three S3 file systems.
    private static (string Bucket, string Key)? Split(string uri)
    {
        var at = uri.IndexOf("://", StringComparison.Ordinal);
        if (at < 0 || uri[..at] is not ("s3" or "s3a" or "s3p"))
            return null;
        var rest = uri[(at + 3)..].TrimEnd('/').Split('/', 2);
        return (rest[0], rest.Length > 1 ? rest[1] : "");
    }
}
