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

    /// <summary>Writes everything before the rows.</summary>
    /// <param name="to">Receives the bytes.</param>
    /// <param name="metadata">The metadata property as JSON text.</param>
    public void Begin(IBufferWriter<byte> to, string metadata) =>
        ObjectWriter.Text(to, "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\"," + metadata + ",\"columnDefinitions\":" + Definitions() + ",\"rows\":[");

    /// <summary>Writes one row, without separator.</summary>
    public void Row(IBufferWriter<byte> to, WorldObject item)
    {
        ObjectWriter.Text(to, "{\"cells\":");
        WriteCells(to, item, now());
        if (includeObject != "None")
        {
            to.Write(",\"object\":"u8);
            to.Write(includeObject == "Object" ? item.Json.Span : PartialMetadata.Of(item));
        }
        to.Write("}"u8);
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
