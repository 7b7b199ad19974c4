-- Opens a draft as a writer would, and looks at what the editor then knows: marks, outline, fixes, the text after them.
-- Run by run.sh with the plugin on the packpath; any error ends Neovim with a status other than 0. With ZHUBI_SETUP set, the
-- server is started as for Neovim 0.10, by setup().

local draft = table.concat({
  '疫情一线医护人员总结 篇一:',
  '20__年参加工作😀，认真学习政冶理论。',
  '一、政冶思想方面:',
  '认真学习。',
  '疫情一线医护人员总结 篇二:',
  '一、工作学习方面:',
  '😀😀报刊拦目很多。',
}, '\n') .. '\n'

local function equal(got, wanted, what)
  if not vim.deep_equal(got, wanted) then
    error(('%s:\n  got    %s\n  wanted %s'):format(what, vim.inspect(got), vim.inspect(wanted)), 2)
  end
  print('ok: ' .. what)
end

local function wait(what, condition)
  if not vim.wait(15000, condition, 10) then
    error('waited in vain for ' .. what .. '\n' .. vim.inspect(vim.diagnostic.get(0)), 2)
  end
end

-- The text under each mark of a rule, cut out by the editor's own columns.
local function marked(buffer, rule)
  local texts = {}
  for _, it in ipairs(vim.diagnostic.get(buffer)) do
    if it.code == rule then
      table.insert(texts, vim.api.nvim_buf_get_text(buffer, it.lnum, it.col, it.end_lnum, it.end_col, {})[1])
    end
  end
  return texts
end

local function request(buffer, method, params)
  local answer = assert(vim.lsp.buf_request_sync(buffer, method, params, 15000))
  for _, it in pairs(answer) do
    assert(not it.err, vim.inspect(it.err))
    return it.result
  end
end

vim.opt.packpath:prepend(assert(vim.env.ZHUBI_PACKPATH))
vim.cmd('packloadall!')
vim.cmd('filetype on')
if vim.env.ZHUBI_SETUP then
  local has = vim.fn.has
  vim.fn.has = function(feature)
    return feature == 'nvim-0.11' and 0 or has(feature)
  end
  require('zhubi').setup({ fix_on_save = true, settings = { documentType = 'plan' } })
else
  vim.lsp.enable('zhubi')
end

local file = assert(io.open('draft.txt', 'w'))
file:write(draft)
file:close()
vim.cmd.edit('draft.txt')
local buffer = vim.api.nvim_get_current_buf()
equal(vim.bo.filetype, 'text', 'a .txt is text')

wait('the server', function()
  return #vim.lsp.get_clients({ bufnr = buffer, name = 'zhubi' }) == 1
end)
local client = vim.lsp.get_clients({ bufnr = buffer, name = 'zhubi' })[1]
wait('diagnostics', function()
  return #marked(buffer, 'typo/confusable-word') > 0
end)
equal(client.offset_encoding, 'utf-8', 'columns are bytes')
equal(marked(buffer, 'typo/confusable-word'), { '政冶', '政冶', '拦目' }, 'typos are marked exactly')
equal(marked(buffer, 'leftover/placeholder'), { '20__年' }, 'a placeholder is marked exactly')

-- The outline.
local names = {}
local function walk(symbols, depth)
  for _, it in ipairs(symbols) do
    table.insert(names, ('  '):rep(depth) .. it.name)
    walk(it.children or {}, depth + 1)
  end
end
walk(request(buffer, 'textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params(buffer) }), 0)
equal(names, {
  '疫情一线医护人员总结 篇一:',
  '  一、政冶思想方面:',
  '疫情一线医护人员总结 篇二:',
  '  一、工作学习方面:',
}, 'the outline')

-- A quick fix where the caret stands, as `gra` offers it.
local function fix_at(line, word, title)
  local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
  vim.api.nvim_win_set_cursor(0, { line + 1, assert(text:find(word, 1, true)) - 1 })
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  vim.lsp.buf.code_action({
    context = { only = { 'quickfix' } },
    filter = function(action)
      return action.title == title
    end,
    apply = true,
  })
  wait('the fix ' .. title, function()
    return vim.api.nvim_buf_get_changedtick(buffer) > tick
  end)
  return vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
end
equal(fix_at(6, '拦目', '改为“栏目”'), '😀😀报刊栏目很多。', 'a quick fix behind emoji')
wait('the mark to go', function()
  return #marked(buffer, 'typo/confusable-word') == 2
end)

-- Typing moves the marks and makes new ones.
vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { '😀报告', '拦目' })
wait('the new mark', function()
  return #marked(buffer, 'typo/confusable-word') == 3
end)
equal(marked(buffer, 'typo/confusable-word'), { '拦目', '政冶', '政冶' }, 'marks after typing')

-- All safe fixes, as an editor asks for them on saving.
vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.zhubi' }, diagnostics = {} }, apply = true })
wait('the typos to go', function()
  return #marked(buffer, 'typo/confusable-word') == 0
end)
local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
assert(not text:find('政冶') and not text:find('拦目') and text:find('政治理论'), text)
print('ok: source.fixAll.zhubi')

-- The hover explains.
local row = nil
for index, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
  row = row or (line:find('20__年', 1, true) and index - 1)
end
local hover = request(buffer, 'textDocument/hover', {
  textDocument = vim.lsp.util.make_text_document_params(buffer),
  position = { line = row, character = 1 },
})
assert(hover.contents.value:find('leftover/placeholder', 1, true), vim.inspect(hover))
print('ok: hover')

-- Saving sends the whole text; the server and the editor agree.
vim.cmd.write()
local held = request(buffer, 'zhubi/text', { uri = vim.uri_from_bufnr(buffer) })
equal(held.text, table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n', 'the same text on both sides')

-- What the writer sets reaches the server.
local status = request(buffer, 'zhubi/status', { uri = vim.uri_from_bufnr(buffer) })
equal(status.documentType.id, vim.env.ZHUBI_SETUP and 'plan' or 'summary', 'the kind of document')

-- :ZhubiOutline, in the location list.
vim.cmd.ZhubiOutline()
local headings = vim.tbl_map(function(item)
  return (item.text:gsub('%d+', 'N'))
end, vim.fn.getloclist(0))
equal(headings, {
  '疫情一线医护人员总结 篇一：（N字）',
  '　一、政治思想方面：（N字）',
  '疫情一线医护人员总结 篇二：（N字）',
  '　一、工作学习方面：（N字）',
}, ':ZhubiOutline')
vim.cmd.lclose()

-- :ZhubiFix, and fixing on saving.
local said = {}
vim.notify = function(message)
  table.insert(said, message)
end
vim.api.nvim_buf_set_lines(buffer, 0, 1, false, { '😀报刊拦目，政冶。' })
vim.cmd.ZhubiFix()
equal(vim.api.nvim_buf_get_lines(buffer, 0, 1, false), { '😀报刊栏目，政治。' }, ':ZhubiFix')
equal(said, { '朱笔：改正了2处' }, ':ZhubiFix says what it did')
vim.api.nvim_buf_set_lines(buffer, 0, 1, false, { '😀报刊拦目。' })
vim.cmd.write()
local saved = vim.env.ZHUBI_SETUP and '😀报刊栏目。' or '😀报刊拦目。'
equal(vim.fn.readfile('draft.txt', '', 1), { saved }, 'fixes on saving where that was asked for')

-- :ZhubiCheck, in the quickfix list: columns behind emoji, files in GB18030.
vim.fn.mkdir('folder', 'p')
vim.fn.writefile({ '一切正常。', '😀😀认真学习政冶理论。' }, 'folder/甲.md')
vim.fn.writefile({ vim.fn.iconv('报刊拦目很多，大家都很喜欢看。', 'utf-8', 'gb18030') }, 'folder/乙.txt')
vim.cmd.ZhubiCheck('folder')
wait('the quickfix list', function()
  return #vim.fn.getqflist() > 0
end)
local found = {}
for _, item in ipairs(vim.fn.getqflist()) do
  vim.fn.bufload(item.bufnr)
  local text = vim.api.nvim_buf_get_text(item.bufnr, item.lnum - 1, item.col - 1, item.end_lnum - 1, item.end_col - 1, {})[1]
  found[vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t')] = { item.type, text, item.text }
end
equal(found['甲.md'], { 'E', '政冶', '“政冶”是错词，应为“政治” [typo/confusable-word]' }, ':ZhubiCheck')
assert(found['乙.txt'] and found['乙.txt'][1] == 'E', vim.inspect(found))
local columns = {}
for _, item in ipairs(vim.fn.getqflist()) do
  if vim.fn.bufname(item.bufnr):find('乙') then
    table.insert(columns, item.col)
  end
end
equal(columns, { #'报刊' + 1 }, 'a column in GB18030')
vim.cmd.cclose()

-- From finding to finding as they stand in the text: `]d` goes by place.
vim.cmd.buffer(buffer)
vim.api.nvim_buf_set_lines(buffer, 0, -1, false, { '工作总结', '认真学习政冶理论。', '报刊拦目很多。', '20__年参加工作。' })
wait('the new marks', function()
  return #marked(buffer, 'typo/confusable-word') == 2 and #marked(buffer, 'leftover/placeholder') == 1
end)
vim.api.nvim_win_set_cursor(0, { 1, 0 })
local rows = {}
for _ = 1, 4 do
  vim.diagnostic.jump({ count = 1 })
  table.insert(rows, vim.api.nvim_win_get_cursor(0)[1])
end
assert(rows[1] <= rows[2] and rows[2] <= rows[3], vim.inspect(rows))
print('ok: ]d goes from top to bottom')

-- :ZhubiStatus, :ZhubiType, :ZhubiRule.
said = {}
vim.cmd.ZhubiStatus()
assert(said[1]:find('^朱笔：%d+字.*标出%d+处$'), vim.inspect(said))
equal(vim.fn.getcompletion('ZhubiType 请', 'cmdline'), { '请示' }, ':ZhubiType completes')
vim.cmd.ZhubiType('请示')
wait('the kind of document', function()
  local kind = request(buffer, 'zhubi/status', { uri = vim.uri_from_bufnr(buffer) }).documentType
  return kind and kind.id == 'request'
end)
vim.api.nvim_win_set_cursor(0, { 2, #'认真学习' })
local windows = #vim.api.nvim_list_wins()
vim.cmd.ZhubiRule()
equal(#vim.api.nvim_list_wins(), windows + 1, ':ZhubiRule opens the page')
vim.cmd.fclose({ bang = true })

-- :ZhubiAddWord, by hand and by selection.
vim.cmd.ZhubiAddWord('拦目')
wait('the word in zhubi.toml', function()
  return vim.fn.filereadable('zhubi.toml') == 1 and table.concat(vim.fn.readfile('zhubi.toml')):find('拦目') ~= nil
end)
vim.api.nvim_win_set_cursor(0, { 2, #'认真学习' })
vim.cmd('normal! vl' .. vim.keycode('<Esc>'))
vim.cmd("'<,'>ZhubiAddWord")
wait('the selection in zhubi.toml', function()
  return table.concat(vim.fn.readfile('zhubi.toml')):find('政冶') ~= nil
end)
print('ok: :ZhubiAddWord')
vim.fn.delete('zhubi.toml')

-- One place is passed over, and marked again where the list no longer has it.
local function delete(name)
  vim.fn.delete(name)
  local uri = vim.uri_from_fname(vim.fn.fnamemodify(name, ':p'))
  client:notify('workspace/didChangeWatchedFiles', { changes = { { uri = uri, type = 3 } } })
end
delete('zhubi.toml')
wait('the marks', function()
  return #marked(buffer, 'typo/confusable-word') == 2
end)
vim.api.nvim_win_set_cursor(0, { 2, #'认真学习' })
vim.lsp.buf.code_action({
  context = { only = { 'quickfix' } },
  filter = function(action)
    return action.title:find('这一处不再提示', 1, true) ~= nil
  end,
  apply = true,
})
wait('the place to be passed over', function()
  return #marked(buffer, 'typo/confusable-word') == 1 and vim.fn.filereadable('zhubi.ignore.toml') == 1
end)
delete('zhubi.ignore.toml')
wait('the mark to be back', function()
  return #marked(buffer, 'typo/confusable-word') == 2
end)
print('ok: one place is passed over')

-- An open quotation mark is no fault while its sentence is written.
local before = #vim.diagnostic.get(buffer)
vim.api.nvim_buf_set_text(buffer, 3, #'认真学习', 3, #'认真学习', { '“要抓' })
for _ = 1, 25 do
  vim.wait(100)
  assert(#vim.diagnostic.get(buffer) <= before, vim.inspect(vim.diagnostic.get(buffer)))
end
vim.cmd.undo()
print('ok: an open quotation mark')

-- An abbreviation is renamed wherever it stands.
vim.fn.writefile({ '关于市场监督管理局（以下简称“市监局”）工作的通知', '市监局要抓好落实。', '请市监局报送总结。' }, '简称.txt')
vim.cmd.edit('简称.txt')
local short = vim.api.nvim_get_current_buf()
wait('the server', function()
  return #vim.lsp.get_clients({ bufnr = short, name = 'zhubi' }) == 1
end)
vim.api.nvim_win_set_cursor(0, { 2, 0 })
vim.lsp.buf.rename('县局')
wait('the new name', function()
  local text = table.concat(vim.api.nvim_buf_get_lines(short, 0, -1, false))
  return text:find('“县局”') and text:find('请县局报送') and not text:find('市监局')
end)
print('ok: an abbreviation is renamed')
vim.cmd.buffer(buffer)
vim.cmd.bwipeout({ short, bang = true })

-- :ZhubiTrace.
local shown = vim.api.nvim_get_current_win()
vim.cmd.ZhubiTrace()
assert(vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] == '# 朱笔运行记录')
vim.cmd.bwipeout({ bang = true })
vim.api.nvim_set_current_win(shown)
print('ok: :ZhubiTrace')

-- A setting that is changed reaches the marks without an edit.
local function set(settings)
  client.settings = settings
  client:notify('workspace/didChangeConfiguration', { settings = settings })
end
local settings = client.settings
set({ zhubi = { ignore = { 'typo' } } })
wait('the typos to be ignored', function()
  return #marked(buffer, 'typo/confusable-word') == 0
end)
set(settings)
wait('the typos to be back', function()
  return #marked(buffer, 'typo/confusable-word') == 2
end)
print('ok: a setting without an edit')

-- :ZhubiRestart.
local ended = client
vim.cmd.ZhubiRestart()
wait('another server', function()
  client = vim.lsp.get_clients({ bufnr = buffer, name = 'zhubi' })[1]
  return client and client.id ~= ended.id and client.initialized
end)
print('ok: :ZhubiRestart')

-- A draft in GBK: read as Latin-1 it has no marks of nonsense, and how to read it is said once.
said = {}
vim.fn.writefile({ vim.fn.iconv('报刊拦目很多，大家都很喜欢看。', 'utf-8', 'gb18030') }, '旧稿.txt')
vim.cmd.edit('旧稿.txt')
equal(#said, 1, 'a draft in GBK is noticed')
assert(said[1]:find(':e ++enc=gb18030', 1, true), said[1])
vim.wait(1500)
equal(vim.diagnostic.get(0), {}, 'no marks in what cannot be read')
vim.cmd('edit ++enc=gb18030')
wait('the marks', function()
  return vim.deep_equal(marked(0, 'typo/confusable-word'), { '拦目' })
end)
equal(#said, 1, 'it is said once')
vim.cmd.buffer(buffer)

-- :checkhealth and :help.
vim.cmd.checkhealth('zhubi')
local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
assert(health:find('服务在运行') and not health:find('ERROR'), health)
print('ok: :checkhealth zhubi')
vim.cmd.helptags(vim.env.ZHUBI_PACKPATH .. '/pack/zhubi/start/zhubi/doc')
for _, tag in ipairs({ 'zhubi', 'zhubi.setup()', 'zhubi-keys' }) do
  vim.cmd.help(tag)
  equal(vim.fn.expand('%:t'), 'zhubi.txt', ':help ' .. tag)
end
for name in pairs(vim.api.nvim_get_commands({})) do
  if vim.startswith(name, 'Zhubi') then
    vim.cmd.help(':' .. name)
    equal(vim.fn.expand('%:t'), 'zhubi.txt', ':help :' .. name)
  end
end

-- By the book to the end.
client:stop()
wait('the server to end', function()
  return client:is_stopped()
end)

-- A program that cannot be run: said once, and by :checkhealth.
vim.fn.writefile({ '#!/bin/sh', 'exit 1' }, 'ends')
vim.fn.setfperm('ends', 'rwxr-xr-x')
vim.fn.writefile({ 'no program' }, 'plain')
for path, why in pairs({ ['/no/such/zhubi'] = '不存在', [vim.fn.fnamemodify('plain', ':p')] = '不能', [vim.fn.fnamemodify('ends', ':p')] = '退出' }) do
  said = {}
  local program = require('zhubi.program')
  if vim.env.ZHUBI_SETUP then
    program.cmd = { path, 'lsp' }
  else
    vim.lsp.config('zhubi', { cmd = { path, 'lsp' } })
  end
  for _ = 1, 2 do
    vim.api.nvim_exec_autocmds('FileType', { buffer = buffer })
    vim.wait(300)
  end
  equal(#said, 1, path .. ' is said once')
  assert(said[1]:find('^朱笔没有启动：程序 ') and said[1]:find(why, 1, true), said[1])
  vim.cmd.checkhealth('zhubi')
  health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(health:find('ERROR') and health:find(why, 1, true), health)
end
print('ok: all')
