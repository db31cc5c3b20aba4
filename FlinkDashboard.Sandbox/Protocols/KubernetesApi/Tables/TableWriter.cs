using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Writes <c>meta.k8s.io/v1 Table</c> answers. One instance serves one request: a watch gets the column definitions once.</summary>
/// <param name="columns">Columns of the kind.</param>
/// <param name="includeObject">None, Metadata or Object: what of each object stands beside its cells.</param>
/// <param name="now">Simulated time, for ages.</param>
internal sealed class TableWriter(IReadOnlyList<Column> columns, string includeObject, Func<DateTimeOffset> now)
{
    private bool _defined;

    /// <summary>Writes one table.</summary>
    /// <param name="to">Receives the bytes.</param>
    /// <param name="items">Its rows.</param>
    /// <param name="metadata">The metadata property as JSON text.</param>
    public void Write(IBufferWriter<byte> to, IReadOnlyList<WorldObject> items, string metadata)
    {
        ObjectWriter.Text(to, "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\"," + metadata + ",\"columnDefinitions\":" + Definitions() + ",\"rows\":[");
        var time = now();
        for (var i = 0; i < items.Count; i++)
        {
            ObjectWriter.Text(to, i == 0 ? "{\"cells\":" : ",{\"cells\":");
            WriteCells(to, items[i], time);
            if (includeObject != "None")
            {
                to.Write(",\"object\":"u8);
                to.Write(includeObject == "Object" ? items[i].Json.Span : PartialMetadata.Of(items[i]));
            }
            to.Write("}"u8);
        }
        to.Write("]}"u8);
    }

    private void WriteCells(IBufferWriter<byte> to, WorldObject item, DateTimeOffset time)
    {
        using var document = JsonDocument.Parse(item.Json);
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JsonText.Options.Encoder });
        json.WriteStartArray();
        foreach (var column in columns)
            JsonSerializer.Serialize(json, column.Cell(document.RootElement, time));
        json.WriteEndArray();
    }

    private string Definitions()
    {
        if (_defined)
            return "[]";
        _defined = true;
        return new JsonArray([.. columns.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Name,
            ["type"] = c.Type,
            ["format"] = c.Format,
            ["description"] = c.Description,
            ["priority"] = c.Priority,
        })]).ToJsonString(JsonText.Options);
    }
}
