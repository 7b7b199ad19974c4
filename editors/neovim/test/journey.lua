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
  '😀报告（N字）',
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
vim.cmd.cclose()

-- :checkhealth and :help.
vim.cmd.checkhealth('zhubi')
local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
assert(health:find('服务在运行') and not health:find('ERROR'), health)
print('ok: :checkhealth zhubi')
vim.cmd.helptags(vim.env.ZHUBI_PACKPATH .. '/pack/zhubi/start/zhubi/doc')
for _, tag in ipairs({ 'zhubi', 'zhubi.setup()', ':ZhubiFix', ':ZhubiOutline', ':ZhubiCheck' }) do
  vim.cmd.help(tag)
  equal(vim.fn.expand('%:t'), 'zhubi.txt', ':help ' .. tag)
end

-- By the book to the end.
client:stop()
wait('the server to end', function()
  return client:is_stopped()
end)
print('ok: all')
