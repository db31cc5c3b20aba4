using System.Xml.Linq;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>DeleteObject and DeleteObjects. That there is nothing of that name is no error.</summary>
internal static class Deletions
{
    private const int MostKeys = 1_000;

    /// <summary>DeleteObject.</summary>
    public static Task ObjectAsync(S3Call call)
    {
        call.World.Buckets.Delete(call.Bucket, call.Key);
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>DeleteObjects: one answer for each key, also where the right is missing.</summary>
    public static async Task ObjectsAsync(S3Call call)
    {
        var document = await call.DocumentAsync(needsDigest: true).ConfigureAwait(false);
        var keys = Named(document, "Object").Select(o => Named(o, "Key").FirstOrDefault()?.Value ?? "").ToList();
        if (document.Name.LocalName != "Delete" || keys.Count is 0 or > MostKeys || keys.Contains(""))
            throw S3Call.Malformed();
        if (Named(document, "Object").Any(o => Named(o, "VersionId").Any(v => v.Value != "null")))
            throw S3Call.NotImplemented();
        var isQuiet = Named(document, "Quiet").Any(q => q.Value == "true");
        var mayWrite = call.Signed.Key.MayWrite;
        if (mayWrite)
            keys.ForEach(k => call.World.Buckets.Delete(call.Bucket, k));
        await call.AnswerAsync("DeleteResult", mayWrite && isQuiet ? [] : keys.Select(k => mayWrite ? new XElement("Deleted", new XElement("Key", k))
            : new XElement("Error", new XElement("Key", k), new XElement("Code", "AccessDenied"), new XElement("Message", "Access Denied"))).ToArray<object>()).ConfigureAwait(false);
    }

    private static IEnumerable<XElement> Named(XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);
}
