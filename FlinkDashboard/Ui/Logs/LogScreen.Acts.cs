using Microsoft.JSInterop;

namespace FlinkDashboard.Ui.Logs;

/// <summary>What the reader does with keys and clicks: picks, unfolds, goes from match to match, holds the view and follows it again. wwwroot/js/logs.js knows the keys.</summary>
public sealed partial class LogScreen
{
    private PickedLines _picked = PickedLines.None;
    private string _said = "";

    /// <summary>Opens or folds the lines of an entry.</summary>
    [JSInvokable]
    public void Toggle(string id)
    {
        if (!_open.Remove(id))
            _open.Add(id);
        Follow(false);
        Redraw();
    }

    /// <summary>Opens or folds the picked line.</summary>
    [JSInvokable]
    public void ToggleHere()
    {
        if (_picked.Entries is [{ More.Count: > LogGeometry.FewLines } one])
            Toggle(one.Id);
    }

    /// <summary>What stands in the narrow columns, in full: exact time, source, logger.</summary>
    [JSInvokable]
    public string Facts(string id) => _sieve.Shown.IndexOf(id) is >= 0 and var at ? LineText.Facts(_sieve.Shown[at]) : "";

    /// <summary>Picks a line, or all from the one picked before.</summary>
    [JSInvokable]
    public void Pick(string id, bool range)
    {
        if (_sieve.Shown.IndexOf(id) is not (>= 0 and var to))
            return;
        var from = range && _picked.Entries.Count > 0 && _sieve.Shown.IndexOf(_picked.Entries[0].Id) is >= 0 and var start ? start : to;
        Pick(Math.Min(from, to), Math.Max(from, to));
        Redraw();
    }

    /// <summary>Picks the line before or after; nothing picked: the first in sight.</summary>
    [JSInvokable]
    public void Walk(int step)
    {
        if (_sieve.Shown.Count == 0)
            return;
        var here = _picked.Entries.Count > 0 ? _sieve.Shown.IndexOf(_picked.Entries[^1].Id) : -1;
        var to = here < 0 ? _geometry.RowAt(_top + (_following ? _sight - 1 : 0)) : Math.Clamp(here + step, 0, _sieve.Shown.Count - 1);
        Pick(to, to);
        _reveal = _sieve.Shown[to].Id;
        if (to < _window.First || to >= _window.First + _window.Count)
            GoTo(to);
        Redraw();
    }

    /// <summary>Goes to the next match (1) or the one before (-1).</summary>
    [JSInvokable]
    public void Step(int step)
    {
        if (Filter.Search.IsEmpty || _sieve.Shown.Count == 0)
            return;
        var here = _found is not null && _sieve.Shown.IndexOf(_found) is >= 0 and var last ? last : _geometry.RowAt(_top + _sight / 2) - step;
        if (_sieve.Shown.NextMatch(Filter, here, step) is not (>= 0 and var at))
            return;
        _found = _sieve.Shown[at].Id;
        GoTo(at);
        _said = LineText.Spoken(_sieve.Shown[at]);
        Redraw();
    }

    /// <summary>The picked lines as text.</summary>
    [JSInvokable]
    public string PickedText() => _picked.Text;

    /// <summary>Drops the selection.</summary>
    [JSInvokable]
    public void Unpick()
    {
        _picked = PickedLines.None;
        Redraw();
    }

    private void Pick(int from, int to)
    {
        Follow(false);
        _picked = PickedLines.Of(_sieve.Shown, from, to);
        _said = _picked.Spoken;
    }

    private void Pause()
    {
        if (_paused)
        {
            FollowNow();
            return;
        }
        (_paused, _held, _ahead) = (true, Entries, null);
        Redraw();
    }

    private void FollowNow()
    {
        (_paused, _held, _ahead) = (false, null, null);
        Follow(true);
        Redraw();
    }

    private void Follow(bool on)
    {
        if (_following && !on && _sieve.Shown.Count > 0)
            _left = _sieve.Shown[^1];
        if (on)
            (_left, _fresh, _passed) = (null, 0, _following ? _passed : 0);
        _following = on;
    }

    // Goes to the line or the moment of the address as soon as it is there.
    private bool Sought()
    {
        if (_lineSought || !_ready || (Line is null && At is null) || _sieve.Shown.Count == 0)
            return false;
        var index = Line is not null ? _sieve.Shown.IndexOf(Line) : IsRead || _sieve.Shown[^1].Time >= At ? _sieve.Shown.IndexAt(At!.Value) : -1;
        if (index < 0)
            return false;
        _lineSought = true;
        if (Line is null)
            _found = _sieve.Shown[index].Id;
        GoTo(index);
        return true;
    }

    private void GoTo(int index)
    {
        (_following, _left) = (false, _left ?? _sieve.Shown[^1]);
        _top = _geometry.Above(index) - _sight / 2;
        _reveal = _sieve.Shown[index].Id;
    }
}
