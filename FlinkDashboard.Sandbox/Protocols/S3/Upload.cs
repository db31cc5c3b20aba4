using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>What an uploader says about an object.</summary>
internal sealed record ObjectDescription(string? ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>What a request says.</summary>
    public static ObjectDescription Of(S3Call call) => new(call.Request.ContentType,
        call.Request.Headers.Where(h => h.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)).ToDictionary(h => h.Key["x-amz-meta-".Length..].ToLowerInvariant(), h => h.Value.ToString()));

    public StoredObject ToObject(string key, long size, string tag, DateTimeOffset at, IReadOnlyList<Spooled> content) =>
        new(key, size, tag, at, () => Spooled.Open(content)) { ContentType = ContentType ?? "binary/octet-stream", Metadata = Metadata };
}

/// <summary>One received part.</summary>
internal sealed record Part(Payload Payload, DateTimeOffset At)
{
    public string Tag => Convert.ToHexStringLower(Payload.Md5);
}

/// <summary>A multipart upload that was neither completed nor aborted.</summary>
internal sealed record Upload(string Id, string Bucket, string Key, ObjectDescription Description, DateTimeOffset At)
{
    /// <summary>By number; lock it.</summary>
    public SortedDictionary<int, Part> Parts { get; } = [];

    /// <summary>A part that was received with this tag.</summary>
    public Payload Find(int number, string tag)
    {
        lock (Parts)
        {
            return Parts.TryGetValue(number, out var part) && part.Tag == tag ? part.Payload
                : throw new AwsFailure("InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", 400);
        }
    }

    /// <summary>Gives back the room of all parts but those that are kept.</summary>
    public void Drop(SandboxWorld world, IReadOnlyCollection<Payload> kept)
    {
        lock (Parts)
            world.Buckets.Release(Parts.Values.Where(p => !kept.Contains(p.Payload)).Sum(p => p.Payload.Content.Length));
    }
}
