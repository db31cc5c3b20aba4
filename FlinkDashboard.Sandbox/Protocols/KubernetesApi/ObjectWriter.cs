using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// Writes objects in the form a request asked for. Whole objects are copied as the bytes they are stored in; only tables and
/// metadata forms parse.
/// </summary>
internal sealed class ObjectWriter(AnswerForm form, Tables.TableWriter? table)
{
    /// <summary>Form written.</summary>
    public AnswerForm Form => form;

    /// <summary>One object as a whole answer or as the object of a watch event.</summary>
    public void WriteObject(IBufferWriter<byte> to, WorldObject item)
    {
        switch (form)
        {
            case AnswerForm.Table:
                table!.Begin(to, "\"metadata\":{\"resourceVersion\":\"" + item.ResourceVersion + "\"}");
                table.Row(to, item);
                to.Write("]}"u8);
                break;
            case AnswerForm.Metadata:
                to.Write(PartialMetadata.Of(item));
                break;
            default:
                to.Write(item.Json.Span);
                break;
        }
    }

    /// <summary>A list answer, sent in parts so that a long one is never held whole.</summary>
    /// <param name="to">Receives the bytes; flushed.</param>
    /// <param name="type">Kind of the items.</param>
    /// <param name="metadata">The list's metadata.</param>
    /// <param name="items">Items of this page.</param>
    /// <param name="cancel">Ends with the request.</param>
    public async Task WriteListAsync(PipeWriter to, ResourceType type, JsonObject metadata, IReadOnlyList<WorldObject> items, CancellationToken cancel)
    {
        Begin(to, type, "\"metadata\":" + metadata.ToJsonString(JsonText.Options));
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                to.Write(","u8);
            WriteItem(to, type, items[i]);
            await FlushFullAsync(to, cancel).ConfigureAwait(false);
        }
        to.Write("]}"u8);
        await to.FlushAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Sends what has been written once it is much; waits while the client reads slower.</summary>
    public static async ValueTask FlushFullAsync(PipeWriter to, CancellationToken cancel)
    {
        if (to.UnflushedBytes > 64 * 1024)
            await to.FlushAsync(cancel).ConfigureAwait(false);
    }

    private void Begin(IBufferWriter<byte> to, ResourceType type, string metadata)
    {
        if (form == AnswerForm.Table)
        {
            table!.Begin(to, metadata);
            return;
        }
        var (kind, version) = form == AnswerForm.Metadata ? ("PartialObjectMetadataList", "meta.k8s.io/v1") : ($"{type.Kind}List", type.ApiVersion);
        Text(to, $"{{\"kind\":\"{kind}\",\"apiVersion\":\"{version}\",{metadata},\"items\":[");
    }

    /// <summary>ASCII or UTF-8 text.</summary>
    public static void Text(IBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(text, to);

    // Items of built-in kinds carry neither kind nor apiVersion, those of custom kinds do.
    private void WriteItem(IBufferWriter<byte> to, ResourceType type, WorldObject item)
    {
        if (form == AnswerForm.Table)
            table!.Row(to, item);
        else if (form == AnswerForm.Metadata)
            to.Write(PartialMetadata.Of(item));
        else if (type.IsCustom)
            to.Write(item.Json.Span);
        else
        {
            to.Write("{"u8);
            to.Write(item.Rest.Span);
        }
    }
}
