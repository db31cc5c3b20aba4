using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FlinkDashboard.Model.Manifests;

/// <summary>Reads the text of a manifest into nodes with their places. Refuses what could not be edited without surprises: several documents, anchors, tags, duplicate keys.</summary>
internal sealed class ManifestReader
{
    /// <summary>etcd takes 1.5 MiB; nobody writes more than this by hand.</summary>
    public const int MaxLength = 1_000_000;

    private const int MaxDepth = 60;
    private readonly string _text;
    private readonly Parser _parser;
    private int _depth;

    private ManifestReader(string text)
    {
        _text = text;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The root mapping (null when the text is empty or cannot be used) and what is wrong.</summary>
    public static (ManifestMap? Root, FieldProblem? Problem) Read(string text)
    {
        if (text.Length > MaxLength)
            return (null, Problem("yaml.size", $"The text has {text.Length} characters; more than {MaxLength} are not taken.", 1, 1));
        var reader = new ManifestReader(text);
        try
        {
            return (reader.Document(), null);
        }
        catch (ManifestTextException e)
        {
            return (null, Problem(e.Rule, e.Message, e.At.Line, e.At.Column));
        }
        catch (YamlException e)
        {
            return (null, SyntaxProblem.Of(text, e));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or InvalidCastException or NullReferenceException)
        {
            // The YAML library gives up like this on some unfinished texts, without saying where.
            var at = reader._parser.Current?.End ?? Mark.Empty;
            return (null, Problem("yaml.syntax", "This is not YAML: a bracket or quote is not closed, or stands where none may.", at.Line, at.Column));
        }
    }

    internal static FieldProblem Problem(string rule, string message, long line, long column) =>
        new("", message, ProblemSeverity.Error, ProblemSource.Syntax) { Rule = rule, Line = (int)line, Column = (int)column };

    private ManifestMap? Document()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is StreamEnd)
            return null;
        _parser.MoveNext();
        var at = _parser.Current!.Start;
        var root = Node();
        _parser.MoveNext();
        if (_parser.Current is DocumentStart second)
            throw new ManifestTextException("yaml.documents", "The text has more than one document; only one object can be edited at a time.", second.Start);
        return root switch
        {
            ManifestMap map => map,
            ManifestScalar { IsNull: true } => null,
            _ => throw new ManifestTextException("yaml.mapping", "The document must be a mapping that begins with apiVersion, kind, metadata and spec.", at),
        };
    }

    // Reads the node that the current event begins and moves past its last event.
    private ManifestNode Node()
    {
        if (_parser.Current is AnchorAlias alias)
            throw new ManifestTextException("yaml.anchor", $"Anchors and aliases (*{alias.Value}) are not taken: Kubernetes keeps no trace of them. Write the value out.", alias.Start);
        var node = (NodeEvent)_parser.Current!;
        if (!node.Anchor.IsEmpty)
            throw new ManifestTextException("yaml.anchor", $"Anchors and aliases (&{node.Anchor.Value}) are not taken: Kubernetes keeps no trace of them. Write the value out.", node.Start);
        if (!node.Tag.IsEmpty && !(node is Scalar && node.Tag.Value == "tag:yaml.org,2002:str"))
            throw new ManifestTextException("yaml.tag", $"Tags ({node.Tag.Value}) are not taken.", node.Start);
        if (++_depth > MaxDepth)
            throw new ManifestTextException("yaml.depth", $"Values are nested more than {MaxDepth} deep.", node.Start);
        ManifestNode read = node switch
        {
            Scalar scalar => ScalarOf(scalar),
            MappingStart map => MapOf(map),
            SequenceStart list => ListOf(list),
            _ => throw new ManifestTextException("yaml.syntax", "This cannot be read.", node.Start),
        };
        _depth--;
        _parser.MoveNext();
        return read;
    }

    private ManifestScalar ScalarOf(Scalar scalar)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
            end = BlockEnd(start, end);
        return new(start, end, (int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty, scalar.Style switch
        {
            ScalarStyle.DoubleQuoted => '"',
            ScalarStyle.SingleQuoted => '\'',
            ScalarStyle.Literal or ScalarStyle.Folded => '|',
            _ => ' ',
        });
    }

    private ManifestMap MapOf(MappingStart start)
    {
        var entries = new List<ManifestEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var flow = start.Style == MappingStyle.Flow;
        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar key)
                throw new ManifestTextException("yaml.key", "A key must be a single word or quoted text.", _parser.Current!.Start);
            if (_text.AsSpan((int)key.Start.Index).StartsWith("? ", StringComparison.Ordinal))
                throw new ManifestTextException("yaml.key", "Keys with a question mark are not taken.", key.Start);
            if (!seen.Add(key.Value))
                throw new ManifestTextException("yaml.duplicate", $"The key {key.Value} stands here twice.", key.Start);
            _parser.MoveNext();
            var value = Node();
            entries.Add(new ManifestEntry(key.Value, (int)key.Start.Index, (int)key.End.Index, (int)key.Start.Line, (int)key.Start.Column, value));
        }
        var end = flow ? Closed('}') : entries[^1].Value.End;
        return new((int)start.Start.Index, end, (int)start.Start.Line, flow ? (int)start.Start.Column : entries[0].Column, flow, entries);
    }

    private ManifestList ListOf(SequenceStart start)
    {
        var items = new List<ManifestNode>();
        var flow = start.Style == SequenceStyle.Flow;
        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd)
            items.Add(Node());
        var end = flow ? Closed(']') : items[^1].End;
        return new((int)start.Start.Index, end, (int)start.Start.Line, (int)start.Start.Column, flow, items);
    }

    // The library marks the end of a flow collection in front of its bracket.
    private int Closed(char bracket)
    {
        var end = (int)_parser.Current!.End.Index;
        return end < _text.Length && _text[end] == bracket ? end + 1 : end;
    }

    // A block scalar ends where its last visible character stands; what follows are blank lines, which count only where its header says so (+).
    private int BlockEnd(int start, int end)
    {
        end = Math.Min(end, _text.Length);
        var header = _text.AsSpan(start, Math.Min(3, end - start));
        if (header.Contains('+'))
            return end > start && _text[end - 1] == '\n' ? end - 1 : end;
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
            end--;
        return end;
    }
}

/// <summary>Text that is YAML but cannot be edited as a manifest; never leaves the reader.</summary>
internal sealed class ManifestTextException(string rule, string message, Mark at) : Exception(message)
{
    public string Rule => rule;

    public Mark At => at;
}
