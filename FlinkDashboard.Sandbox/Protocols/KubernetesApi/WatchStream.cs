using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>The lines of one watch answer.</summary>
internal sealed class WatchStream(PipeWriter output, ObjectWriter writer, ResourceType type, Selection selection)
{
    private bool _unflushed;

    /// <summary>Changes up to this version have been looked at.</summary>
    public long Version { get; set; }

    /// <summary>The objects that were there at the start, sent in parts.</summary>
    public async Task WriteInitialAsync(IReadOnlyList<WorldObject> items, CancellationToken cancel)
    {
        foreach (var item in items)
        {
            if (!selection.Matches(item))
                continue;
            Event("ADDED", item);
            await ObjectWriter.FlushFullAsync(output, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A change, if the watch selects it. An object that begins to match appears as ADDED; one that ceases to match as DELETED, in
    /// its last matching state with the version of the change (apiserver storage/cacher).
    /// </summary>
    public void Write(Change change)
    {
        Version = change.Object.ResourceVersion;
        if (change.Object.Type != type)
            return;
        var was = change.Previous is { } previous && selection.Matches(previous);
        if (change.Type == ChangeType.Deleted)
        {
            if (was)
                Event("DELETED", change.Object);
            return;
        }
        var matches = selection.Matches(change.Object);
        if (matches)
            Event(was ? "MODIFIED" : "ADDED", change.Object);
        else if (was)
            Event("DELETED", At(change.Previous!, Version));
    }

    /// <summary>A bookmark.</summary>
    /// <param name="version">Version the client has now seen.</param>
    /// <param name="initial">Ends the initial events of a streaming list.</param>
    public void WriteBookmark(long version, bool initial)
    {
        var node = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture), ["creationTimestamp"] = null },
        };
        if (initial)
            node["metadata"]!["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        var (kind, of) = writer.Form == AnswerForm.Metadata ? ("PartialObjectMetadata", "meta.k8s.io/v1") : (type.Kind, type.ApiVersion);
        Line("BOOKMARK", () => ObjectWriter.Text(output, $"{{\"kind\":\"{kind}\",\"apiVersion\":\"{of}\",{node.ToJsonString()[1..]}"));
    }

    /// <summary>The Status that ends a watch.</summary>
    public void WriteError(ApiError error) => Line("ERROR", () => ObjectWriter.Text(output, StatusAnswer.Of(error).ToJsonString(JsonText.Options)));

    /// <summary>Sends what was written.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (!_unflushed)
            return;
        _unflushed = false;
        await output.FlushAsync(cancel).ConfigureAwait(false);
    }

    private void Event(string kind, WorldObject item) => Line(kind, () => writer.WriteObject(output, item));

    private void Line(string kind, Action writeObject)
    {
        _unflushed = true;
        ObjectWriter.Text(output, $"{{\"type\":\"{kind}\",\"object\":");
        writeObject();
        output.Write("}\n"u8);
    }

    private static WorldObject At(WorldObject item, long version)
    {
        var node = item.Read();
        node["metadata"]!["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WorldObject.From(item.Type, node);
    }
}
