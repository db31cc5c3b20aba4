namespace FlinkDashboard.Model.Manifests;

/// <summary>A value in the text of a manifest, with the place where it stands. Indexes are characters from 0, lines and columns count from 1.</summary>
internal abstract record ManifestNode(int Start, int End, int Line, int Column);

/// <summary>A scalar; an empty one has Start = End right after the colon or dash.</summary>
/// <param name="Text">As YAML reads it, before any typing.</param>
/// <param name="Plain">Written without quotes and not as a block: may be a number, a boolean or null.</param>
internal sealed record ManifestScalar(int Start, int End, int Line, int Column, string Text, bool Plain, char Quote) : ManifestNode(Start, End, Line, Column)
{
    /// <summary>Nothing, or a word for nothing.</summary>
    public bool IsNull => Plain && (Text is "" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A mapping. Column of a block mapping is that of its keys.</summary>
internal sealed record ManifestMap(int Start, int End, int Line, int Column, bool Flow, IReadOnlyList<ManifestEntry> Entries) : ManifestNode(Start, End, Line, Column)
{
    public ManifestEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);
}

/// <summary>A list. Column of a block list is that of its dashes.</summary>
internal sealed record ManifestList(int Start, int End, int Line, int Column, bool Flow, IReadOnlyList<ManifestNode> Items) : ManifestNode(Start, End, Line, Column);

/// <summary>A key with its value.</summary>
internal sealed record ManifestEntry(string Key, int KeyStart, int KeyEnd, int Line, int Column, ManifestNode Value);
