using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>PutObject and multipart uploads.</summary>
internal sealed class Uploads(SandboxWorld world)
{
    private const long SmallestPart = 5 << 20;
    private const int MostParts = 10_000;
    private readonly ConcurrentDictionary<string, Upload> _open = [];

    /// <summary>PutObject.</summary>
    public async Task PutAsync(S3Call call)
    {
        Preconditions.CheckWrite(call);
        var payload = await Payload.ReceiveAsync(call).ConfigureAwait(false);
        var tag = Convert.ToHexStringLower(payload.Md5);
        world.Buckets.Put(call.Bucket, ObjectDescription.Of(call).ToObject(call.Key, payload.Content.Length, tag, world.Now, [payload.Content]) with { Checksums = payload.Checksums });
        call.Response.Headers.ETag = $"\"{tag}\"";
        call.Response.Headers["x-amz-server-side-encryption"] = "AES256";
    }

    /// <summary>CreateMultipartUpload.</summary>
    public Task CreateAsync(S3Call call)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _open[id] = new Upload(id, call.Bucket, call.Key, ObjectDescription.Of(call), world.Now);
        return call.AnswerAsync("InitiateMultipartUploadResult", new XElement("Bucket", call.Bucket), new XElement("Key", call.Key), new XElement("UploadId", id));
    }

    /// <summary>UploadPart, and UploadPartCopy.</summary>
    public async Task PartAsync(S3Call call)
    {
        var upload = Of(call);
        if (!int.TryParse(call.Parameter("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostParts)
            throw S3Call.Invalid("Part number must be an integer between 1 and 10000, inclusive", "partNumber", call.Parameter("partNumber") ?? "");
        var part = new Part(await (Copies.Is(call) ? Copies.PartAsync(call) : Payload.ReceiveAsync(call)).ConfigureAwait(false), world.Now);
        lock (upload.Parts)
        {
            if (upload.Parts.TryGetValue(number, out var old))
                world.Buckets.Release(old.Payload.Content.Length);
            upload.Parts[number] = part;
        }
        if (Copies.Is(call))
            await call.AnswerAsync("CopyPartResult", new XElement("LastModified", S3Call.Iso(part.At)), new XElement("ETag", $"\"{part.Tag}\"")).ConfigureAwait(false);
        else
            call.Response.Headers.ETag = $"\"{part.Tag}\"";
    }

    /// <summary>ListParts.</summary>
    public Task PartsAsync(S3Call call)
    {
        var upload = Of(call);
        var max = call.Number("max-parts", 1_000);
        _ = int.TryParse(call.Parameter("part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out var marker);
        List<KeyValuePair<int, Part>> rest;
        lock (upload.Parts)
            rest = [.. upload.Parts.Where(p => p.Key > marker).Take(max + 1)];
        var page = rest.Take(max).ToList();
        return call.AnswerAsync("ListPartsResult", new XElement("Bucket", call.Bucket), new XElement("Key", call.Key), new XElement("UploadId", upload.Id),
            Listings.Owner("Initiator"), Listings.Owner(), new XElement("StorageClass", "STANDARD"), new XElement("PartNumberMarker", marker),
            new XElement("NextPartNumberMarker", page.Count > 0 ? page[^1].Key : 0), new XElement("MaxParts", max), new XElement("IsTruncated", rest.Count > max ? "true" : "false"),
            page.Select(p => new XElement("Part", new XElement("PartNumber", p.Key), new XElement("LastModified", S3Call.Iso(p.Value.At)), new XElement("ETag", $"\"{p.Value.Tag}\""), new XElement("Size", p.Value.Payload.Content.Length))));
    }

    /// <summary>ListMultipartUploads.</summary>
    public Task ListAsync(S3Call call)
    {
        var max = call.Number("max-uploads", 1_000);
        var (prefix, key, id) = (call.Parameter("prefix") ?? "", call.Parameter("key-marker") ?? "", call.Parameter("upload-id-marker") ?? "");
        var rest = _open.Values.Where(u => u.Bucket == call.Bucket && u.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(u => u.Key, Buckets.KeyOrder.Instance).ThenBy(u => u.Id, StringComparer.Ordinal)
            .Where(u => Buckets.KeyOrder.Instance.Compare(u.Key, key) is var order && (order > 0 || (order == 0 && id.Length > 0 && string.CompareOrdinal(u.Id, id) > 0)))
            .Take(max + 1).ToList();
        var page = rest.Take(max).ToList();
        var more = rest.Count > max && max > 0;
        return call.AnswerAsync("ListMultipartUploadsResult", new XElement("Bucket", call.Bucket), new XElement("KeyMarker", key), new XElement("UploadIdMarker", id),
            new XElement("NextKeyMarker", more ? page[^1].Key : ""), new XElement("NextUploadIdMarker", more ? page[^1].Id : ""), new XElement("Prefix", prefix),
            new XElement("MaxUploads", max), new XElement("IsTruncated", more ? "true" : "false"),
            page.Select(u => new XElement("Upload", new XElement("Key", u.Key), new XElement("UploadId", u.Id), Listings.Owner("Initiator"), Listings.Owner(), new XElement("StorageClass", "STANDARD"), new XElement("Initiated", S3Call.Iso(u.At)))));
    }

    /// <summary>CompleteMultipartUpload.</summary>
    public async Task CompleteAsync(S3Call call)
    {
        var upload = Of(call);
        var document = await call.DocumentAsync().ConfigureAwait(false);
        var wanted = document.Elements().Where(e => e.Name.LocalName == "Part").Select(Wanted).ToList();
        if (wanted.Count == 0)
            throw S3Call.Malformed();
        if (wanted.Zip(wanted.Skip(1)).Any(p => p.First.Number >= p.Second.Number))
            throw new AwsFailure("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", 400);
        var parts = wanted.ConvertAll(w => upload.Find(w.Number, w.Tag));
        if (parts.SkipLast(1).Any(p => p.Content.Length < SmallestPart))
            throw new AwsFailure("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400);
        Preconditions.CheckWrite(call);
        if (!_open.TryRemove(upload.Id, out _))
            throw NoSuchUpload(upload.Id);
        upload.Drop(world, parts);
        var tag = $"{Convert.ToHexStringLower(MD5.HashData(parts.SelectMany(p => p.Md5).ToArray()))}-{parts.Count}";
        world.Buckets.Put(call.Bucket, upload.Description.ToObject(call.Key, parts.Sum(p => p.Content.Length), tag, world.Now, parts.ConvertAll(p => p.Content)));
        await call.AnswerAsync("CompleteMultipartUploadResult", new XElement("Location", $"{call.Request.Scheme}://{call.Request.Host}/{call.Bucket}/{SigV4.EncodePath(call.Key)}"),
            new XElement("Bucket", call.Bucket), new XElement("Key", call.Key), new XElement("ETag", $"\"{tag}\"")).ConfigureAwait(false);
    }

    /// <summary>AbortMultipartUpload.</summary>
    public Task AbortAsync(S3Call call)
    {
        if (!_open.TryRemove(Of(call).Id, out var upload))
            throw NoSuchUpload(call.Parameter("uploadId")!);
        upload.Drop(world, []);
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Upload Of(S3Call call) =>
        _open.TryGetValue(call.Parameter("uploadId")!, out var upload) && upload.Bucket == call.Bucket && upload.Key == call.Key ? upload : throw NoSuchUpload(call.Parameter("uploadId")!);

    private static AwsFailure NoSuchUpload(string id) =>
        new("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404) { Details = new Dictionary<string, string> { ["UploadId"] = id } };

    private static (int Number, string Tag) Wanted(XElement part)
    {
        string Of(string name) => part.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
        return int.TryParse(Of("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, Of("ETag").Trim('"')) : throw S3Call.Malformed();
    }
}
